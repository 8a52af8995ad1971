namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>What a holder makes of how calls ended that holders before it granted.</summary>
public sealed class EarlierTermTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly KeyLimits OneAMinute = new(1, 0, 0);

    [Fact]
    public void SettlementOfAnEarlierTerm_GivesNothingBackButTeaches()
    {
        var first = new HolderBench(Start);
        var holder = first.NewKey();
        var granted = holder.Answer(HolderBench.Ask(OneAMinute, 1), first.Now);
        var next = first.Take(Next(holder.TakeSnapshot(first.Now, withWindows: true)));

        next.Settle([HolderBench.Settled(granted, CallOutcomeKind.NotSent)], first.Now);
        Assert.Empty(next.Answer(HolderBench.Ask(OneAMinute, 1), first.Now).Grants);
        next.Settle([HolderBench.Settled(granted, CallOutcomeKind.KeySuspended)], first.Now);
        Assert.Equal(KeyState.Suspended, next.State);
    }

    [Theory]
    [InlineData(125, 0)]
    [InlineData(126, 60_250)]
    [InlineData(50_000, 60_250)]
    public void SettlementOfAnEarlierTerm_CallThatLeftLateCountsFromNow(int sentAfter, int denied)
    {
        var first = new HolderBench(Start);
        var holder = first.NewKey();
        var granted = holder.Answer(HolderBench.Ask(OneAMinute, 1), first.Now);
        var next = first.Take(Next(holder.TakeSnapshot(first.Now, withWindows: true)));
        first.Advance(HolderBench.Span + Tick);
        next.Settle([HolderBench.Settled(granted, CallOutcomeKind.Succeeded, TimeSpan.FromMilliseconds(sentAfter))], first.Now);

        var expected = denied == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(denied) - KeyLedgerOptions.Default.SendWithin + Tick;
        Assert.Equal(expected, next.Answer(HolderBench.Ask(OneAMinute) with { Tokens = [] }, first.Now).NextIn);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void NotSent_ToldToTheNextHolder_CountsForTheDayNoMoreUnlessThatCrashed(bool hasCrashed, int expected)
    {
        var bench = new HolderBench();
        var first = bench.NewKey();
        var granted = first.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        var row = first.TakeSnapshot(bench.Now, withWindows: true);
        var next = bench.Take(Next(row) with { WasOpen = hasCrashed });

        next.Settle([HolderBench.Settled(granted, CallOutcomeKind.NotSent)], bench.Now);

        Assert.Equal(expected, next.Read(bench.Now).Models!.Single().Used);
        Assert.Empty(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void NotSent_ToldTwoHoldersLater_CountsForTheDayNoMoreUnlessOneCrashed(bool hasCrashed, int expected)
    {
        var bench = new HolderBench();
        var first = bench.NewKey();
        var granted = first.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        var second = bench.Take(Next(first.TakeSnapshot(bench.Now, withWindows: true)) with { WasOpen = hasCrashed });
        var third = bench.Take(Next(second.TakeSnapshot(bench.Now, withWindows: true)) with { Term = 3 });
        var used = third.Read(bench.Now).Models!.Single().Used;

        third.Settle([HolderBench.Settled(granted, CallOutcomeKind.NotSent)], bench.Now);

        Assert.Equal(used - 1 + expected, third.Read(bench.Now).Models!.Single().Used);
    }

    [Theory]
    [InlineData(59, 1)]
    [InlineData(61, 0)]
    public void NotSent_ToldToTheNextHolderAfterMidnight_GivesNothingOfTheNewDayBack(int secondsAfter, int expected)
    {
        var bench = new HolderBench(new DateTimeOffset(2026, 1, 16, 8, 0, 0, TimeSpan.Zero) + KeyLedgerOptions.Default.DayGuard + TimeSpan.FromSeconds(secondsAfter));
        var first = bench.NewKey();
        var granted = first.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        var next = bench.Take(Next(first.TakeSnapshot(bench.Now, withWindows: true)));

        next.Settle([HolderBench.Settled(granted, CallOutcomeKind.NotSent)], bench.Now);

        Assert.Equal(expected, next.Read(bench.Now).Models!.Single().Used);
    }

    private static ClaimedLedger Next(KeyLedgerSnapshot ledger) => new(HolderBench.Key, 2, KeyLedgerSnapshot.FromJson(ledger.ToJson()), WasOpen: false, TimeSpan.Zero);
}
