namespace GeminiBalance.KeyPool;

/// <summary>A token that was asked for along with others, for a call that is expected.</summary>
internal sealed class Spare(AskInFlight ask, ClusterLease lease)
{
    public ClusterLease Lease { get; } = lease;

    public ClusterQueue Queue => ask.Queue;

    /// <summary>When it was asked for. No grant is older.</summary>
    public DateTimeOffset AskedAt => ask.AskedAt;

    /// <summary>Whether a call has it, or it went back.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether the key was changed, went or got into trouble since.</summary>
    public bool IsOutdated(KeyLimitTable limits) => ask.Key.Slot < 0 || ask.Key.TroubledAt >= ask.AskedAt || ask.IsOutdated(limits);
}
