namespace GeminiBalance.KeyPool;

/// <summary>A key whose ledger is held elsewhere, as one gateway sees it.</summary>
internal sealed class ClusterKey(RosterKey row) : PoolKey(row.Key, row.Profile)
{
    private List<LedgerSettlement>? pending;

    /// <summary>The row it is known from.</summary>
    public RosterKey Row { get; private set; } = row;

    /// <summary>Whose ledger grants: the project's, or, when it is null, the key's own.</summary>
    public KeyId? Project { get; private set; } = ProjectId.Of(row.Profile);

    /// <summary>Whether this gateway is the one that should use it first.</summary>
    public bool IsOwn { get; set; }

    /// <summary>The share of the configured weight in force, as its ledger said last.</summary>
    public double WeightFactor { get; set; } = 1;

    /// <summary>Asks in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Asks in a row that found another gateway had been there first.</summary>
    public int Refusals { get; set; }

    /// <summary>When a call with it failed last, on the steady clock of the pool: tokens granted before may find it in trouble.</summary>
    public DateTimeOffset TroubledAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Counts what people did to the key. An answer that was under way then says nothing about how it stands now.</summary>
    public int Version { get; set; }

    /// <summary>Whether its ledger said last that it is rejected, suspended or disabled.</summary>
    public bool IsOutOfUse { get; set; }

    /// <summary>Whether the settlements that gather should not wait for the key's next ask.</summary>
    public bool HasUrgent { get; set; }

    /// <summary>Whether it is among the keys to look at when their settlements have gathered long enough.</summary>
    public bool IsSettling { get; set; }

    /// <summary>Since when settlements gather.</summary>
    public long PendingSince { get; private set; }

    public int PendingCount => pending?.Count ?? 0;

    public double Weight => Profile.Weight * WeightFactor;

    /// <summary>Takes over a newer row.</summary>
    public void Become(RosterKey newer) => (Row, Profile, Project) = (newer, newer.Profile, ProjectId.Of(newer.Profile));

    public void AddPending(LedgerSettlement settlement, long now)
    {
        PendingSince = PendingCount == 0 ? now : PendingSince;
        (pending ??= []).Add(settlement);
    }

    public IReadOnlyList<LedgerSettlement> TakePending()
    {
        IReadOnlyList<LedgerSettlement> taken = pending ?? [];
        pending = null;
        return taken;
    }
}
