namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>A holder process on a test's clock: its pulse, and ledgers claimed by it.</summary>
internal sealed class HolderBench
{
    public const string Model = "m";
    public static readonly KeyId Key = new("0123456789abcdef");
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1) + KeyLedgerOptions.Default.Guard;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public HolderBench()
        : this(new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero))
    {
    }

    public HolderBench(DateTimeOffset now, HolderPulseOptions? options = null)
    {
        Now = now;
        Pulse = new HolderPulse(options ?? HolderPulseOptions.Default, now);
        Pulse.Answered(now, now);
    }

    public DateTimeOffset Now { get; private set; }

    public HolderPulse Pulse { get; }

    public static LedgerAsk Ask(KeyLimits limits, params long[] tokens) => new(Model, limits, tokens, false, []);

    /// <summary>The first grant of an answer, settled.</summary>
    public static LedgerSettlement Settled(LedgerAnswer answer, CallOutcomeKind kind, TimeSpan? sentAfter = null) =>
        new(Model, answer.Term, answer.Grants[0].Stamp, answer.Grants[0].ChargedTokens, new CallOutcome(kind), sentAfter);

    /// <summary>A holder of a key that was never stored.</summary>
    public LedgerHolder NewKey() => Take(new ClaimedLedger(Key, 1, null, WasOpen: false, TimeSpan.Zero));

    public LedgerHolder Take(ClaimedLedger claimed) => new(claimed, KeyLedgerOptions.Default, Pulse, Now);

    /// <summary>Time passes, and the store answers each second.</summary>
    public void Advance(TimeSpan by) => Step(by, () => Pulse.Answered(Now, Now));

    /// <summary>Time passes, and the store fails each second, for everybody.</summary>
    public void AdvanceFailing(TimeSpan by) => Step(by, () =>
    {
        Pulse.Failed(Now);
        Pulse.HearPeers([], Now, Now);
    });

    /// <summary>Time passes without a word of the store.</summary>
    public void AdvanceSilently(TimeSpan by) => Step(by, () => { });

    public void SetClock(TimeSpan step)
    {
        Now += step;
        Pulse.ClockWasSet(Now);
        Pulse.Answered(Now, Now);
    }

    private void Step(TimeSpan by, Action eachSecond)
    {
        for (var end = Now + by; Now < end;)
        {
            Now = end - Now < Second ? end : Now + Second;
            Pulse.Beat(Now);
            eachSecond();
        }
    }
}
