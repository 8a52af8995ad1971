namespace GeminiBalance.KeyPool;

/// <summary>An ask that is out, and the calls it was sent for.</summary>
internal sealed class AskInFlight(ClusterKey key, ClusterQueue queue, DateTimeOffset askedAt, DateTimeOffset askedAtWall)
{
    private readonly int keyVersion = key.Version;

    public ClusterKey Key { get; } = key;

    public ClusterQueue Queue { get; } = queue;

    /// <summary>On the steady clock of the pool. No grant of the answer is older.</summary>
    public DateTimeOffset AskedAt { get; } = askedAt;

    /// <summary>The same moment on the wall clock, by which callers reckon.</summary>
    public DateTimeOffset AskedAtWall { get; } = askedAtWall;

    /// <summary>Whether another gateway prefers the key, and so may have left nothing.</summary>
    public bool IsVisit { get; } = !key.IsOwn;

    /// <summary>The calls it was sent for; those that have left since, or go another way, name another ask or none.</summary>
    public List<ClusterWaiter> Waiters { get; } = [];

    /// <summary>Whoever tries a key that may be out of use; then no call waits for the answer.</summary>
    public TaskCompletionSource<KeyLease?>? Probe { get; init; }

    /// <summary>Tokens asked for beside those for its calls.</summary>
    public int Spares { get; set; }

    public LedgerAsk? Message { get; set; }

    /// <summary>Whose ledger it asks for tokens: the project's, or the key's own.</summary>
    public KeyId? Project => Message!.Project;

    /// <summary>Whether it was answered, or failed.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether it is out too long to be of use.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Whether something changed meanwhile that the answer does not know of.</summary>
    public bool IsOutdated(KeyLimitTable limits) => keyVersion != Key.Version || Message!.Limits != Queue.LimitsFor(Key, limits);
}
