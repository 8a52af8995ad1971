namespace GeminiBalance.Gateway.Settings;

/// <summary>What is kept of the Responses API.</summary>
public sealed record ResponseSettings
{
    /// <summary>How long a response is kept after its last use; zero keeps none.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Responses kept for one access token.</summary>
    public int Count { get; init; } = 5_000;

    /// <summary>Bytes kept for one access token.</summary>
    public long Bytes { get; init; } = 256L * 1024 * 1024;
}
