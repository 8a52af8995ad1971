using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Sends the smallest possible call with one key, to learn whether the upstream accepts the key.</summary>
public interface IKeyProbe
{
    /// <summary>Sends one <c>generateContent</c> for the lease's model. Does not settle the lease: the caller does, with the answer.</summary>
    /// <returns>How the call ended. Never throws for a failure of the upstream; its own time limit ends as <see cref="CallOutcomeKind.UpstreamTimedOut"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<CallOutcome> ProbeAsync(KeyLease lease, CancellationToken cancellationToken);
}
