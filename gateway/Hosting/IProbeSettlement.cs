using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Tells the pool how a probe ended.</summary>
internal interface IProbeSettlement
{
    /// <summary>Returns when the key's state follows from the probe, wherever it is kept; or, when that cannot be had now, without an error.</summary>
    ValueTask SettleAsync(KeyLease lease, CallOutcome outcome);
}
