using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>For a pool that settles at once.</summary>
internal sealed class PoolProbeSettlement(IKeyPool pool) : IProbeSettlement
{
    public ValueTask SettleAsync(KeyLease lease, CallOutcome outcome)
    {
        pool.Settle(lease, outcome);
        return ValueTask.CompletedTask;
    }
}
