namespace GeminiBalance.KeyPool;

/// <summary>
/// What the pool of this process keeps for the calls that need the same of one model's keys: the order of these keys, the calls that wait,
/// and a pause after refusals of the address.
/// </summary>
internal class ModelQueue(string model, KeyRequirement needs)
{
    private readonly bool isCounted = KeyLimitTable.IsCounted(model);
    private KeyLimitTable? ruleTable;
    private LimitRule? rule;
    private int pauses;

    public string Model { get; } = model;

    /// <summary>Only keys that meet it are here.</summary>
    public KeyRequirement Needs { get; } = needs;

    public KeyQueue Keys { get; } = new();

    public FairQueue<LeaseWaiter> Waiters { get; } = new();

    /// <summary>Calls that wait for one key, by its slot.</summary>
    public Dictionary<int, FairQueue<LeaseWaiter>> PinnedWaiters { get; } = [];

    public int WaiterCount { get; set; }

    /// <summary>Before this moment no waiting call can be served, as far as time alone decides.</summary>
    public long NextPump { get; set; } = long.MaxValue;

    public long PausedUntil { get; private set; }

    public long LastUsed { get; set; }

    /// <summary>Whether a call has succeeded: the model's name is not invented.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Whether another took its place: what is placed here is seen by no call.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether no call needs it.</summary>
    public virtual bool IsIdle => WaiterCount == 0;

    public bool Takes(PoolKey key) => Needs.IsMetBy(key.Profile);

    public KeyLimits LimitsFor(PoolKey key, KeyLimitTable table)
    {
        if (!isCounted)
        {
            return KeyLimits.Unlimited;
        }

        if (!ReferenceEquals(ruleTable, table))
        {
            (ruleTable, rule) = (table, table.FindModelRule(Model));
        }

        return table.Combine(key.RuleIn(table), rule);
    }

    /// <summary>Why no key serves a call, now or later.</summary>
    public LeaseDenialReason ReasonForNone(int unavailable, int outOfUse) => unavailable > 0 ? LeaseDenialReason.ModelNotAvailable
        : outOfUse > 0 || Needs.IsNone ? LeaseDenialReason.NoKeys
        : LeaseDenialReason.NoMatchingKey;

    /// <summary>The address was refused. Calls that were under way when the last pause began do not lengthen it.</summary>
    public void Pause(long grantedAt, long now, TimeSpan shortest, TimeSpan longest)
    {
        if (grantedAt < PausedUntil)
        {
            return;
        }

        var pause = Math.Min(longest.Ticks, shortest.Ticks * Math.Pow(2, Math.Min(pauses, 30)));
        pauses++;
        PausedUntil = now + (long)pause;
    }

    /// <summary>A call succeeded: the address is not refused, and the model is there.</summary>
    public void Served() => (pauses, HasServed) = (0, true);

    /// <summary>Offers their turn to the calls that can use one key only.</summary>
    public void ServePinned(Func<LeaseWaiter, ServeResult> offer)
    {
        if (PinnedWaiters.Count == 0)
        {
            return;
        }

        foreach (var (slot, line) in PinnedWaiters.ToArray())
        {
            line.Serve(offer);
            if (line.Count == 0)
            {
                PinnedWaiters.Remove(slot);
            }
        }
    }

    /// <summary>Moves a key to where its ledger's answer belongs.</summary>
    public void Place(PoolKey key, in GrantDecision decision, long now)
    {
        if (!Takes(key))
        {
            return;
        }

        if (Keys.StandingOf(key.Slot) == KeyStanding.Absent)
        {
            Keys.MakeReady(key.Slot);
        }

        var standing = StandingFor(decision.Denial);
        if (standing is KeyStanding.Ready || (standing is KeyStanding.Waiting && decision.FreeAt.UtcTicks <= now))
        {
            Keys.MakeReady(key.Slot);
            return;
        }

        Keys.Postpone(key.Slot, standing is KeyStanding.AwaitsStore ? long.MaxValue : decision.FreeAt.UtcTicks, standing);
    }

    private static KeyStanding StandingFor(KeyDenialReason denial) => denial switch
    {
        KeyDenialReason.None => KeyStanding.Ready,
        KeyDenialReason.Day => KeyStanding.DayExhausted,
        KeyDenialReason.ModelUnavailable => KeyStanding.ModelUnavailable,
        KeyDenialReason.State => KeyStanding.OutOfUse,
        KeyDenialReason.NeedsCheckpoint => KeyStanding.AwaitsStore,
        _ => KeyStanding.Waiting,
    };
}
