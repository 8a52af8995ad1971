namespace GeminiBalance.Gateway.Hosting;

/// <summary>Knows what the start banner is to tell.</summary>
internal interface IStartFacts
{
    /// <summary>Called once, when the server listens.</summary>
    ValueTask<StartFacts> TakeAsync(CancellationToken cancellationToken);
}
