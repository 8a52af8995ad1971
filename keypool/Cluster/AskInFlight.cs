namespace GeminiBalance.KeyPool;

/// <summary>An ask that is out, and the calls it was sent for.</summary>
internal sealed class AskInFlight(ClusterKey key, ClusterQueue queue, DateTimeOffset askedAt, DateTimeOffset askedAtWall)
{
    public ClusterKey Key { get; } = key;

    public ClusterQueue Queue { get; } = queue;

    /// <summary>On the steady clock of the pool. No grant of the answer is older.</summary>
    public DateTimeOffset AskedAt { get; } = askedAt;

    /// <summary>The same moment on the wall clock, by which callers reckon.</summary>
    public DateTimeOffset AskedAtWall { get; } = askedAtWall;

    public List<ClusterWaiter> Waiters { get; } = [];

    /// <summary>Whether the key was this gateway's own when it was asked.</summary>
    public bool IsForOwnKey { get; } = key.IsOwn;

    public LedgerAsk? Message { get; set; }

    /// <summary>Whether it was answered, or failed.</summary>
    public bool IsDone { get; set; }
}
