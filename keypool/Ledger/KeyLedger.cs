namespace GeminiBalance.KeyPool;

/// <summary>
/// One key's whole truth: which tokens are spent, what the upstream said about it, and whether it may be used. Pure: no I/O, time is an argument.
/// Not thread safe. A clock that goes back never makes it grant early: it stands still at the latest moment it was told.
/// </summary>
public sealed partial class KeyLedger
{
    private const long MinuteTicks = TimeSpan.TicksPerMinute;
    private readonly KeyLedgerOptions options;
    private ModelLedger[] models = [];
    private int modelCount;
    private long latest;
    private long heldUntil;
    private int uncleanDay;
    private int uncleanStops;
    private bool uncleanUnstored;

    public KeyLedger(KeyId id, KeyLedgerOptions options, double weight = 1)
    {
        Id = id;
        this.options = options;
        ConfiguredWeight = weight;
    }

    public KeyId Id { get; }

    /// <summary>Active, rejected, suspended or disabled: what is stored. <see cref="StatusAt"/> also shows the states that pass by themselves.</summary>
    public KeyState State { get; private set; } = KeyState.Active;

    /// <summary>The share of calls that people want for the key.</summary>
    public double ConfiguredWeight { get; set; }

    /// <summary>The share of calls in force: lowered by 20 % by a failure, raised by 10 % by a success, from 5 % to all of the configured one.</summary>
    public double EffectiveWeight => ConfiguredWeight * weightFactor;

    private long Span => MinuteTicks + options.Guard.Ticks;

    /// <summary>Takes a token for one call, or says why there is none and when there will be.</summary>
    /// <param name="model">The upstream model.</param>
    /// <param name="configured">The limits of the settings; learned ones tighten them.</param>
    /// <param name="tokens">Input tokens the call is thought to cost. More than the limit is charged as the limit.</param>
    /// <param name="now">The time.</param>
    /// <param name="isProbe">Whether to grant although the key is out of use or the model is marked as not available. Quotas still hold.</param>
    public GrantDecision TryGrant(string model, in KeyLimits configured, long tokens, DateTimeOffset now, bool isProbe = false)
    {
        var at = Advance(now);
        var ledger = Find(model);
        var decision = Evaluate(ledger, configured, tokens, at, isProbe, out var limits);
        if (!decision.IsGranted)
        {
            return decision;
        }

        ledger ??= AddModel(model, at);
        return ledger is null ? Deny(KeyDenialReason.TooManyModels, at + MinuteTicks) : Take(ledger, limits, decision, at);
    }

    /// <summary>As <see cref="TryGrant"/>, but takes nothing.</summary>
    public GrantDecision Peek(string model, in KeyLimits configured, long tokens, DateTimeOffset now, bool isProbe = false) =>
        Evaluate(Find(model), configured, tokens, Advance(now), isProbe, out _);

    /// <summary>Denies everything that is limited per minute until 60 s and the guard after a moment, since grants before it may be unknown.</summary>
    public void HoldMinutes(DateTimeOffset grantedUntil) => heldUntil = Math.Max(heldUntil, grantedUntil.UtcTicks + Span);

    /// <summary>The clock was set, in either direction: moments told before mean nothing now, so every minute window counts as full until it is surely empty.</summary>
    public void ClockWasSet(DateTimeOffset now)
    {
        (latest, heldUntil) = (now.UtcTicks, now.UtcTicks + Span);
        foreach (var ledger in models.AsSpan(0, modelCount))
        {
            ledger.Window.Clear(latest);
        }
    }

    private GrantDecision Take(ModelLedger ledger, in KeyLimits limits, GrantDecision decision, long now)
    {
        ledger.Window.Add(now, limits, decision.ChargedTokens);
        ledger.Days.Spend(FirstDay(now), LastDay(now));
        var wantsCheckpoint = limits.RequestsPerDay > 0 && 2 * ledger.Days.Unstored >= DayBudget.Chunk(limits.RequestsPerDay);
        return decision with { WantsCheckpoint = wantsCheckpoint };
    }

    private GrantDecision Evaluate(ModelLedger? ledger, in KeyLimits configured, long tokens, long now, bool isProbe, out KeyLimits limits)
    {
        limits = ledger?.Limits(configured, now) ?? configured;
        if (State != KeyState.Active && !isProbe)
        {
            return Deny(KeyDenialReason.State, DateTimeOffset.MaxValue.UtcTicks);
        }

        var verdict = new Verdict(now);
        if (heldUntil >= now && (limits.RequestsPerMinute > 0 || limits.TokensPerMinute > 0))
        {
            verdict.Blocks(KeyDenialReason.Minute, heldUntil + 1);
        }

        if (ledger is not null)
        {
            JudgeMarks(ledger, now, isProbe, ref verdict);
            JudgeMinute(ledger, limits, tokens, now, ref verdict);
        }

        JudgeDay(ledger, limits, now, ref verdict);
        if (verdict.Reason != KeyDenialReason.None)
        {
            return new GrantDecision(verdict.Reason, Moment(verdict.At), Moment(verdict.FreeAt), 0, verdict.Reason == KeyDenialReason.NeedsCheckpoint);
        }

        var charged = limits.TokensPerMinute > 0 ? Math.Min(tokens, limits.TokensPerMinute) : tokens;
        return new GrantDecision(KeyDenialReason.None, Moment(now), Moment(now), Math.Max(0, charged), WantsCheckpoint: false);
    }

    private static void JudgeMarks(ModelLedger ledger, long now, bool isProbe, ref Verdict verdict)
    {
        if (ledger.CoolUntil > now)
        {
            verdict.Blocks(KeyDenialReason.CoolDown, ledger.CoolUntil);
        }

        if (ledger.UnavailableUntil > now && !isProbe)
        {
            verdict.Blocks(KeyDenialReason.ModelUnavailable, ledger.UnavailableUntil);
        }
    }

    private void JudgeMinute(ModelLedger ledger, in KeyLimits limits, long tokens, long now, ref Verdict verdict)
    {
        ref var window = ref ledger.Window;
        window.Expire(now, Span);
        if (limits.RequestsPerMinute > 0 && window.Requests >= limits.RequestsPerMinute)
        {
            verdict.Blocks(KeyDenialReason.Minute, window.WhenRequestsAtMost(limits.RequestsPerMinute - 1, Span));
        }

        if (limits.TokensPerMinute <= 0)
        {
            return;
        }

        var room = limits.TokensPerMinute - Math.Clamp(tokens, 0, limits.TokensPerMinute);
        if (window.Tokens >= limits.TokensPerMinute)
        {
            verdict.Blocks(KeyDenialReason.Tokens, window.WhenTokensAtMost(limits.TokensPerMinute - 1, Span));
        }

        if (window.Tokens > room)
        {
            verdict.BlocksThisSize(KeyDenialReason.Tokens, window.WhenTokensAtMost(room, Span));
        }
    }

    private void JudgeDay(ModelLedger? ledger, in KeyLimits limits, long now, ref Verdict verdict)
    {
        var (first, last) = (FirstDay(now), LastDay(now));
        if (ledger is not null && ledger.ExhaustedDay >= first)
        {
            verdict.Blocks(KeyDenialReason.Day, PacificDay.StartTicks(ledger.ExhaustedDay + 1) + options.DayGuard.Ticks);
        }

        if (limits.RequestsPerDay <= 0)
        {
            return;
        }

        ref var days = ref DaysOf(ledger);
        days.Roll(last);
        var used = days.Used + Reserve(last, limits);
        var yesterdayIsFull = first < last && (days.UsedBefore >= limits.RequestsPerDay || uncleanDay >= first);
        if (used >= limits.RequestsPerDay || yesterdayIsFull)
        {
            // Near midnight only one of the two days may be full: the last one decides when it is.
            var full = used >= limits.RequestsPerDay ? last : first;
            verdict.Blocks(KeyDenialReason.Day, PacificDay.StartTicks(full + 1) + options.DayGuard.Ticks);
        }

        if (verdict.Reason == KeyDenialReason.None && (uncleanUnstored || days.Unstored >= DayBudget.Chunk(limits.RequestsPerDay)))
        {
            verdict.Blocks(KeyDenialReason.NeedsCheckpoint, now);
        }
    }

    /// <summary>What unclean stops may have spent of a day without a trace: a chunk each.</summary>
    private long Reserve(int day, in KeyLimits limits) => day == uncleanDay ? uncleanStops * DayBudget.Chunk(limits.RequestsPerDay) : 0;

    private int FirstDay(long now) => PacificDay.Of(now - options.DayGuard.Ticks);

    private int LastDay(long now) => PacificDay.Of(now + options.DayGuard.Ticks);

    private long Advance(DateTimeOffset now) => latest = Math.Max(latest, now.UtcTicks);

    private static DateTimeOffset Moment(long ticks) => new(Math.Min(ticks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static GrantDecision Deny(KeyDenialReason reason, long at) => new(reason, Moment(at), Moment(at), 0, WantsCheckpoint: false);
}
