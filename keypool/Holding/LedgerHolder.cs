namespace GeminiBalance.KeyPool;

/// <summary>
/// One claimed ledger and the rules under which it grants. What a grain is in the cluster, without the grain: no I/O, time is an argument.
/// Not thread safe.
/// </summary>
public sealed class LedgerHolder
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);
    private readonly KeyLedger ledger;
    private DateTimeOffset takenAt;
    private bool isProven;

    /// <param name="claimed">What the store handed over.</param>
    /// <param name="options">The rules of the ledger.</param>
    /// <param name="pulse">The holder process's; tells how long a former holder may have gone on.</param>
    /// <param name="now">The time on the holder's clock, taken after the store's answer.</param>
    public LedgerHolder(ClaimedLedger claimed, KeyLedgerOptions options, HolderPulse pulse, DateTimeOffset now)
    {
        Term = claimed.Term;
        Pulse = pulse;
        ledger = new KeyLedger(claimed.Key, options);
        ledger.Restore(claimed.Ledger?.Shifted(now - claimed.SinceClosed), claimed.WasOpen ? now : null, now);
        takenAt = now;
        isProven = !claimed.WasOpen;
        IsChanged = claimed.WasOpen;
        HoldForFormerHolder();
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
            return Reply(grants, KeyDenialReason.StoreUnavailable, Pulse.Options.Interval, Pulse.Options.Interval, ask, now);
        }

        foreach (var tokens in ask.Tokens)
        {
            var decision = ledger.TryGrant(ask.Model, ask.Limits, tokens, now, ask.IsProbe);
            IsUrgent |= decision.WantsCheckpoint;
            if (!decision.IsGranted)
            {
                return Reply(grants, decision.Denial, decision.At - now, decision.FreeAt - now, ask, now);
            }

            grants.Add(new LedgerGrant(decision.At.UtcTicks, decision.ChargedTokens));
            IsChanged = true;
        }

        var next = ledger.Peek(ask.Model, ask.Limits, 1, now);
        return Reply(grants, next.Denial, next.At - now, next.FreeAt - now, ask, now);
    }

    /// <summary>Takes in how calls ended.</summary>
    public void Settle(IReadOnlyList<LedgerSettlement> settlements, DateTimeOffset now)
    {
        foreach (var settlement in settlements)
        {
            var before = ledger.State;
            var isOwn = settlement.Term == Term;
            var granted = new DateTimeOffset(settlement.Stamp, TimeSpan.Zero);
            var outcome = settlement.Outcome with { SentAt = isOwn && settlement.SentAfter is { } after ? granted + after : null };
            ledger.Settle(settlement.Model, isOwn ? granted : null, settlement.ChargedTokens, outcome, now);
            IsChanged = true;
            IsUrgent |= ledger.State != before;
        }
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
        return ledger.TakeSnapshot(now, withWindows);
    }

    /// <summary>The state for people, with its windows; does not count as taken for the store.</summary>
    public KeyLedgerSnapshot Read(DateTimeOffset now) => ledger.TakeSnapshot(now, withWindows: true, forStore: false);

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

        if (isProven || now <= takenAt + Pulse.Options.TrustedFor)
        {
            return true; // The hold denies whatever is limited; what is not limited cannot be exceeded by a twin.
        }

        // A former holder hears of its loss only when it reaches the store. Unless the store was there all the time, it may go on: hold again.
        var since = Pulse.AnsweredSince;
        if (since > takenAt)
        {
            takenAt = since == DateTimeOffset.MaxValue ? now : since;
            HoldForFormerHolder();
            return since != DateTimeOffset.MaxValue;
        }

        return isProven = true;
    }

    private void HoldForFormerHolder()
    {
        if (!isProven)
        {
            ledger.HoldMinutes(takenAt + Pulse.Options.TrustedFor);
        }
    }

    private LedgerAnswer Reply(
        List<LedgerGrant> grants, KeyDenialReason denial, TimeSpan nextIn, TimeSpan freeIn, LedgerAsk ask, DateTimeOffset now) => new(
        Term, grants, denial, Bounded(nextIn), Bounded(freeIn), ledger.EffectiveWeight, ledger.IsLittleUsed(ask.Model, ask.Limits, now));

    private static TimeSpan Bounded(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span < Never ? span : Never;
}
