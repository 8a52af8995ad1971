namespace GeminiBalance.KeyPool;

/// <summary>The seam between gateways and keys: one process's pool and the cluster's both stand behind it.</summary>
public interface IKeyPool
{
    /// <summary>Waits, in a fair bounded queue, until a key may be used for this call, or until <see cref="LeaseRequest.MaxWait"/> is over.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; no token is spent.</exception>
    ValueTask<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>Tells the pool how the call ended. Never throws, never waits on storage.</summary>
    void Settle(KeyLease lease, in CallOutcome outcome);
}
