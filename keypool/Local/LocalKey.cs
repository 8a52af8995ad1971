namespace GeminiBalance.KeyPool;

/// <summary>A key whose ledger this process holds.</summary>
internal sealed class LocalKey(ApiKey key, KeyProfile profile, KeyLedger ledger) : PoolKey(key, profile)
{
    /// <summary>The key's own: its state, and what it spent, whether or not a project's ledger decides.</summary>
    public KeyLedger Ledger { get; } = ledger;

    /// <summary>Where its quotas are counted when its project is known.</summary>
    public LocalProject? Project { get; private set; }

    /// <summary>Whether it waits for a checkpoint.</summary>
    public bool IsDirty { get; set; }

    public GrantDecision TryGrant(string model, in KeyLimits limits, long tokens, DateTimeOffset now, bool isProbe = false)
    {
        if (Project is null)
        {
            return Ledger.TryGrant(model, limits, tokens, now, isProbe);
        }

        var shared = Project.Ledger.Peek(model, limits, tokens, now, isProbe);
        if (!shared.IsGranted)
        {
            return shared;
        }

        var own = Ledger.TryCount(model, limits, tokens, now, isProbe);
        if (!own.IsGranted)
        {
            return own;
        }

        shared = Project.Ledger.TryGrant(model, limits, tokens, now, isProbe);
        return shared with { WantsCheckpoint = shared.WantsCheckpoint || own.WantsCheckpoint };
    }

    public GrantDecision Peek(string model, in KeyLimits limits, long tokens, DateTimeOffset now)
    {
        if (Project is null)
        {
            return Ledger.Peek(model, limits, tokens, now);
        }

        var own = Ledger.PeekCount(model, limits, tokens, now);
        return own.IsGranted ? Project.Ledger.Peek(model, limits, tokens, now) : own;
    }

    public void Settle(KeyLease lease, in CallOutcome outcome, DateTimeOffset now)
    {
        Project?.Ledger.Settle(lease.Model, lease.GrantedAt, lease.EstimatedTokens, ProjectOutcomes.ForProject(outcome), now);
        Ledger.Settle(lease.Model, lease.GrantedAt, lease.EstimatedTokens, Project is null ? outcome : ProjectOutcomes.ForKey(outcome), now);
    }

    public bool IsLittleUsed(string model, in KeyLimits limits, DateTimeOffset now) => (Project?.Ledger ?? Ledger).IsLittleUsed(model, limits, now);

    /// <summary>Says where its quotas are counted from now on.</summary>
    /// <param name="project">Null for its own ledger.</param>
    public void Join(LocalProject? project)
    {
        Project?.Keys.Remove(this);
        project?.Keys.Add(this);
        Project = project;
    }

    /// <summary>What it has spent, as <see cref="KeyLedger.CountIn(KeyLedgerSnapshot, DateTimeOffset)"/> takes it.</summary>
    public KeyLedgerSnapshot Spent(DateTimeOffset now) => Ledger.TakeSnapshot(now, withWindows: true, forStore: false);

    public KeyStatus StatusAt(Func<string, KeyLimits> configured, DateTimeOffset now)
    {
        var own = Ledger.StatusAt(Key.Masked, Profile, Project is null ? configured : _ => default, now);
        return Project is null ? own : own.InProject(Project.Ledger.StatusAt("", Profile, configured, now));
    }
}
