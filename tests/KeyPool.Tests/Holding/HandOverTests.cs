namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>What the next holder of a ledger may do, after a clean end and after none.</summary>
public sealed class HandOverTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Trusted = HolderPulseOptions.Default.TrustedFor;
    private static readonly KeyLimits OneAMinute = new(1, 0, 0);

    [Fact]
    public void UncleanTakeOver_HoldsAMinuteAndTheGuardAndTheTimeAZombieIsTrusted()
    {
        var bench = new HolderBench(Start);
        var next = bench.Take(Open());
        var held = HolderBench.Span + Trusted;

        var denied = next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        Assert.Equal((KeyDenialReason.Minute, held + Tick), (denied.Denial, denied.NextIn));
        bench.Advance(held);
        Assert.Empty(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
        bench.Advance(Tick);
        Assert.Single(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
    }

    [Fact]
    public void UncleanTakeOver_UnlimitedModelIsServedAtOnce()
    {
        var bench = new HolderBench(Start);
        Assert.Single(bench.Take(Open()).Answer(HolderBench.Ask(KeyLimits.Unlimited, 1), bench.Now).Grants);
    }

    [Fact]
    public void UncleanTakeOver_AChunkOfTheDayIsGoneAndMustBeStoredFirst()
    {
        var bench = new HolderBench(Start);
        var limits = new KeyLimits(0, 0, 2);
        var next = bench.Take(Open());
        Assert.True(next.IsChanged);
        Assert.Equal(KeyDenialReason.NeedsCheckpoint, next.Answer(HolderBench.Ask(limits, 1), bench.Now).Denial);
        next.TakeSnapshot(bench.Now, withWindows: false);
        next.Stored();

        var answer = next.Answer(HolderBench.Ask(limits, 1, 1), bench.Now);
        Assert.Equal((1, KeyDenialReason.Day), (answer.Grants.Count, answer.Denial));
    }

    [Fact]
    public void UncleanTakeOver_StoreFailsSoonAfter_HoldsAnewFromWhenItIsBack()
    {
        // The store was away for all: the former holder may have gone on until it hears the store again.
        var bench = new HolderBench(Start);
        var next = bench.Take(Open());
        bench.Advance(TimeSpan.FromSeconds(3));
        bench.AdvanceFailing(TimeSpan.FromSeconds(120));
        var during = next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        Assert.Equal((0, KeyDenialReason.StoreUnavailable), (during.Grants.Count, during.Denial));

        bench.Advance(TimeSpan.FromSeconds(1));
        var sinceBack = Trusted + Tick;
        bench.Advance(sinceBack);
        var back = next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        Assert.Equal((KeyDenialReason.Minute, HolderBench.Span + Trusted + Tick - sinceBack), (back.Denial, back.NextIn));
        bench.Advance(back.NextIn);
        Assert.Single(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
    }

    [Fact]
    public void UncleanTakeOver_StoreAnsweredWhileAZombieWasTrusted_LaterFailuresDoNotHold()
    {
        var bench = new HolderBench(Start);
        var next = bench.Take(Open());
        bench.Advance(HolderBench.Span + Trusted + Tick);
        Assert.Single(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
        bench.AdvanceFailing(HolderBench.Span + Tick);

        Assert.Single(next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void UncleanTakeOver_ClockSetMeanwhile_HoldIsNoShorter(int seconds)
    {
        var bench = new HolderBench(Start);
        var next = bench.Take(Open());
        bench.Advance(TimeSpan.FromSeconds(2));
        var step = TimeSpan.FromSeconds(seconds);
        bench.SetClock(step);
        next.ClockWasSet(step, bench.Now);

        var denied = next.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now);
        Assert.InRange(denied.NextIn, HolderBench.Span + Trusted - TimeSpan.FromSeconds(2), HolderBench.Span + Trusted + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void UncleanTakeOver_WhatPeopleDecidedLongAgoKeepsItsTime()
    {
        var first = new HolderBench(Start - TimeSpan.FromDays(7));
        var holder = first.NewKey();
        holder.Disable("by hand", first.Now);
        var stored = holder.TakeSnapshot(first.Now, withWindows: false);

        var bench = new HolderBench(Start);
        var now = bench.Take(Open() with { Ledger = stored }).Read(bench.Now);
        Assert.Equal((KeyState.Disabled, "by hand", first.Now), (now.State, now.Reason, now.Since));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(-5, 10)]
    [InlineData(0, 10)]
    [InlineData(5, 10)]
    public void CleanHandOver_WindowsAreExactWhateverTheClocks(int skew, int away)
    {
        var first = new HolderBench(Start);
        var holder = first.NewKey();
        Assert.Single(holder.Answer(HolderBench.Ask(OneAMinute, 1), first.Now).Grants);
        first.Advance(TimeSpan.FromSeconds(20));
        var closed = holder.TakeSnapshot(first.Now, withWindows: true);

        var second = new HolderBench(Start + TimeSpan.FromSeconds(20 + skew + away));
        var next = second.Take(Closed(closed, TimeSpan.FromSeconds(away)));
        var denied = next.Answer(HolderBench.Ask(OneAMinute, 1), second.Now);
        Assert.Equal(HolderBench.Span + Tick - TimeSpan.FromSeconds(20 + away), denied.NextIn);
        second.Advance(denied.NextIn);
        Assert.Single(next.Answer(HolderBench.Ask(OneAMinute, 1), second.Now).Grants);
    }

    [Fact]
    public void CleanHandOver_HoldAfterACrashGoesWithIt()
    {
        var first = new HolderBench(Start);
        var holder = first.Take(Open());
        first.Advance(TimeSpan.FromSeconds(10));
        var closed = holder.TakeSnapshot(first.Now, withWindows: true);

        var second = new HolderBench(Start + TimeSpan.FromSeconds(15));
        var denied = second.Take(Closed(closed, TimeSpan.Zero)).Answer(HolderBench.Ask(OneAMinute, 1), second.Now);
        Assert.Equal(HolderBench.Span + Trusted + Tick - TimeSpan.FromSeconds(10), denied.NextIn);
    }

    [Fact]
    public void CleanHandOver_SoonAfterACrash_HoldsAnewSinceTheZombieMayGoOn()
    {
        var bench = new HolderBench(Start);
        var holder = bench.Take(Open());
        bench.Advance(Trusted - Tick);
        var unproven = holder.TakeSnapshot(bench.Now, withWindows: true);
        bench.Advance(Tick);
        var proven = holder.TakeSnapshot(bench.Now, withWindows: true);

        Assert.Equal((true, false), (unproven.IsUnproven, proven.IsUnproven));
        var held = HolderBench.Span + Trusted + Tick;
        Assert.Equal(held, bench.Take(Closed(unproven, TimeSpan.Zero)).Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).NextIn);
        Assert.Equal(held - Trusted, bench.Take(Closed(proven, TimeSpan.Zero)).Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).NextIn);
    }

    [Theory]
    [InlineData(0, 66.25)]
    [InlineData(50, 16.25)]
    [InlineData(67, 0)]
    public void OpenClaim_HolderSilentWhileTheStoreAnswered_IsHeldFromItsLastWord(double silent, double held)
    {
        var bench = new HolderBench();
        bench.Advance(TimeSpan.FromMinutes(2));
        var holder = bench.Take(Open() with { SinceHeard = TimeSpan.FromSeconds(silent) });
        var expected = held == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(held) + TimeSpan.FromTicks(1);
        Assert.Equal(expected, holder.Answer(HolderBench.Ask(OneAMinute) with { Tokens = [] }, bench.Now).FreeIn);
        bench.Advance(expected);
        Assert.Single(holder.Answer(HolderBench.Ask(OneAMinute, 1), bench.Now).Grants);
    }

    [Fact]
    public void OpenClaim_HolderSilentButTheStoreToo_IsHeldInFull()
    {
        var bench = new HolderBench();
        bench.AdvanceFailing(TimeSpan.FromMinutes(2));
        bench.Advance(TimeSpan.FromSeconds(49));
        var holder = bench.Take(Open() with { SinceHeard = TimeSpan.FromSeconds(50) });
        Assert.Equal(TimeSpan.FromSeconds(66.25) + TimeSpan.FromTicks(1), holder.Answer(HolderBench.Ask(OneAMinute) with { Tokens = [] }, bench.Now).FreeIn);
    }

    private static ClaimedLedger Open() => new(HolderBench.Key, 2, null, WasOpen: true, TimeSpan.Zero);

    private static ClaimedLedger Closed(KeyLedgerSnapshot ledger, TimeSpan since) =>
        new(HolderBench.Key, 2, KeyLedgerSnapshot.FromJson(ledger.ToJson()), WasOpen: false, since);
}
