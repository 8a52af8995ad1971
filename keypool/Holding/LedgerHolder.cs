namespace GeminiBalance.KeyPool;

/// <summary>
/// One claimed ledger and the rules under which it grants. What a grain is in the cluster, without the grain: no I/O, time is an argument.
/// Not thread safe.
/// </summary>
public sealed partial class LedgerHolder
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);

    /// <summary>After this time a write that was under way is worth asking about again.</summary>
    private static readonly TimeSpan StoredSoon = TimeSpan.FromMilliseconds(50);

    /// <summary>After this time another process may hold what a leaving one gave away.</summary>
    private static readonly TimeSpan ElsewhereSoon = TimeSpan.FromMilliseconds(200);
    private readonly KeyLedger ledger;
    private readonly TimeSpan sendWithin;
    private readonly long inOrderSince;
    private DateTimeOffset heardAt;
    private TimeSpan clockShift;
    private bool isProven;

    /// <param name="claimed">What the store handed over.</param>
    /// <param name="options">The rules of the ledger.</param>
    /// <param name="pulse">The holder process's; tells how long a former holder may have gone on.</param>
    /// <param name="now">The time on the holder's clock, taken after the store's answer.</param>
    public LedgerHolder(ClaimedLedger claimed, KeyLedgerOptions options, HolderPulse pulse, DateTimeOffset now)
    {
        Term = claimed.Term;
        Pulse = pulse;
        pulse.Reached(now);
        sendWithin = options.SendWithin;
        ledger = new KeyLedger(claimed.Key, options);
        heardAt = LastHeard(claimed, pulse, now);
        ledger.Restore(AtRest(claimed, now), claimed.WasOpen ? heardAt : null, now);
        isProven = !claimed.WasOpen && claimed.Ledger is not { IsUnproven: true };
        IsChanged = claimed.WasOpen;
        inOrderSince = claimed is not { WasOpen: false, Ledger: { } last } ? Term : last.InOrderSince > 0 ? last.InOrderSince : Term - 1;
        HoldForFormerHolder();
        LoadProject(claimed.Ledger);
    }

    /// <summary>The claim's number.</summary>
    public long Term { get; }

    /// <summary>Whether something is not in the store yet.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether that should reach the store at once and not with the next batch.</summary>
    public bool IsUrgent { get; private set; }

    public KeyState State => ledger.State;

    private HolderPulse Pulse { get; }

    /// <summary>Takes in the settlements, then grants what can be granted.</summary>
    public LedgerAnswer Answer(LedgerAsk ask, DateTimeOffset now)
    {
        Settle(ask.Settlements, now);
        var grants = new List<LedgerGrant>(ask.Tokens.Count);
        if (!MayGrant(now))
        {
            var again = Pulse.IsLeaving ? ElsewhereSoon : Pulse.Options.Interval;
            return Reply(grants, KeyDenialReason.StoreUnavailable, again, again, ask, now);
        }

        if (JudgeProject(ask) is { } refusal)
        {
            return Reply(grants, refusal.Reason, refusal.Again, refusal.Again, ask, now);
        }

        foreach (var tokens in ask.Tokens)
        {
            var decision = project is null
                ? ledger.TryGrant(ask.Model, ask.Limits, tokens, now, ask.IsProbe)
                : ledger.TryCount(ask.Model, ask.Limits, tokens, now, ask.IsProbe);
            IsUrgent |= decision.WantsCheckpoint;
            if (!decision.IsGranted)
            {
                return Reply(grants, decision.Denial, decision.At - now, decision.FreeAt - now, ask, now);
            }

            grants.Add(new LedgerGrant((decision.At - clockShift).UtcTicks, decision.ChargedTokens));
            IsChanged = true;
        }

        var next = project is null ? ledger.Peek(ask.Model, ask.Limits, 1, now) : ledger.PeekCount(ask.Model, ask.Limits, 1, now);
        return Reply(grants, next.Denial, next.At - now, next.FreeAt - now, ask, now);
    }

    /// <summary>Takes in how calls ended.</summary>
    public void Settle(IReadOnlyList<LedgerSettlement> settlements, DateTimeOffset now)
    {
        foreach (var settlement in settlements)
        {
            var before = ledger.State;
            var isOwn = settlement.Term == Term;
            var granted = isOwn ? new DateTimeOffset(settlement.Stamp, TimeSpan.Zero) + clockShift : now;
            var outcome = settlement.Outcome with { SentAt = SentAt(settlement, isOwn, granted) };
            ledger.Settle(settlement.Model, isOwn ? granted : null, settlement.ChargedTokens, outcome, now);
            if (!isOwn && settlement.Term >= inOrderSince && outcome.Kind == CallOutcomeKind.NotSent)
            {
                ledger.GiveBackOfDay(settlement.Model, now);
            }

            IsChanged = true;
            IsUrgent |= ledger.State != before;
        }
    }

    /// <summary>The clock was set. Windows count as full until they are surely empty; stamps given out before keep their meaning.</summary>
    /// <param name="step">How far; positive is forward.</param>
    /// <param name="now">The time after it.</param>
    public void ClockWasSet(TimeSpan step, DateTimeOffset now)
    {
        clockShift += step;
        heardAt += step;
        ledger.ClockWasSet(now);
        HoldForFormerHolder();
    }

    public void Disable(string reason, DateTimeOffset now)
    {
        ledger.Disable(reason, now);
        (IsChanged, IsUrgent) = (true, true);
    }

    public void Enable()
    {
        ledger.Enable();
        (IsChanged, IsUrgent) = (true, true);
    }

    /// <summary>What is to be stored now. Until <see cref="Stored"/> or <see cref="NotStored"/> is told, changes count as new.</summary>
    public KeyLedgerSnapshot TakeSnapshot(DateTimeOffset now, bool withWindows)
    {
        (IsChanged, IsUrgent) = (false, false);
        return WithProject(ledger.TakeSnapshot(now, withWindows)) with { IsUnproven = !IsProven(), InOrderSince = inOrderSince };
    }

    /// <summary>The state for people, with its windows; does not count as taken for the store.</summary>
    public KeyLedgerSnapshot Read(DateTimeOffset now) => WithProject(ledger.TakeSnapshot(now, withWindows: true, forStore: false));

    /// <summary>The last snapshot has reached the store.</summary>
    public void Stored() => ledger.SnapshotStored();

    /// <summary>The last snapshot did not reach the store. While nobody can reach it, the day's count goes on without it.</summary>
    public void NotStored(DateTimeOffset now)
    {
        IsChanged = true;
        if (Pulse.IsDegraded(now) && Pulse.MayGrant(now))
        {
            ledger.SnapshotStored();
        }
    }

    private bool MayGrant(DateTimeOffset now)
    {
        if (!Pulse.MayGrant(now))
        {
            return false;
        }

        var since = Pulse.AnsweredSince;
        if (IsProven() || since <= heardAt || now <= heardAt + Pulse.Options.TrustedFor)
        {
            return true; // The hold denies whatever is limited; what is not limited cannot be exceeded by a twin.
        }

        heardAt = since == DateTimeOffset.MaxValue ? now : since;
        HoldForFormerHolder();
        return since != DateTimeOffset.MaxValue;
    }

    // A former holder hears of its loss only when it reaches the store, or when it hears that others do. Unless the store
    // was there for as long as it is trusted, it may go on, and the hold begins anew.
    private bool IsProven() =>
        isProven = isProven || (Pulse.AnsweredSince <= heardAt && Pulse.ConfirmedAt >= heardAt + Pulse.Options.TrustedFor);

    // A holder that the store told nothing for longer than it trusts an answer grants no more, unless the store was out of reach for all.
    private static DateTimeOffset LastHeard(ClaimedLedger claimed, HolderPulse pulse, DateTimeOffset now) =>
        claimed.WasOpen && pulse.AnsweredSince <= now - claimed.SinceHeard ? now - claimed.SinceHeard : now;

    // After a crash the windows are unknown, and other moments may be some seconds off, on a clock of another machine: nothing depends on them.
    private static KeyLedgerSnapshot? AtRest(ClaimedLedger claimed, DateTimeOffset now) =>
        claimed.WasOpen ? claimed.Ledger is { } open ? open with { HeldUntil = null } : null : claimed.Ledger?.Shifted(now - claimed.SinceClosed);

    // What an earlier holder granted counts as it stands, unless the call left so late that its token may be back: then it counts from now.
    private DateTimeOffset? SentAt(LedgerSettlement settlement, bool isOwn, DateTimeOffset granted) =>
        settlement.SentAfter is not { } after ? null : isOwn || after > sendWithin ? granted + after : null;

    private void HoldForFormerHolder()
    {
        if (!isProven)
        {
            ledger.HoldMinutes(heardAt + Pulse.Options.TrustedFor);
        }
    }

    private LedgerAnswer Reply(
        List<LedgerGrant> grants, KeyDenialReason denial, TimeSpan nextIn, TimeSpan freeIn, LedgerAsk ask, DateTimeOffset now) => new(
        Term, grants, denial, Bounded(nextIn, denial), Bounded(freeIn, denial), ledger.EffectiveWeight, ledger.IsLittleUsed(ask.Model, ask.Limits, now));

    private static TimeSpan Bounded(TimeSpan span, KeyDenialReason denial)
    {
        var shortest = denial == KeyDenialReason.NeedsCheckpoint ? StoredSoon : TimeSpan.Zero;
        return span < shortest ? shortest : span < Never ? span : Never;
    }
}
