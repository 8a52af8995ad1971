using GeminiBalance.Grains.Tests.Clusters;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Holding;

public sealed class HeldKeyTests
{
    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task WallClockSet_WindowsCountAsFull_AndTheStoreIsHeardFirst(int seconds)
    {
        var clock = new SteppedClock();
        var bench = new HoldingBench(clock);
        var (asked, other) = (await bench.HoldAsync(1), await bench.HoldAsync(2));
        clock.Step(TimeSpan.FromSeconds(seconds));

        Assert.Equal(KeyDenialReason.StoreUnavailable, asked.Answer(HoldingBench.Ask(Asks.OneAMinute)).Denial);
        bench.Pulse.Answered(clock.GetUtcNow(), clock.GetUtcNow());
        Assert.Equal((KeyDenialReason.Minute, Asks.Span + TimeSpan.FromTicks(1)), Denied(asked));
        Assert.Equal((KeyDenialReason.Minute, Asks.Span + TimeSpan.FromTicks(1)), Denied(other)); // Though it was another key whose ask noticed.
    }

    [Fact]
    public async Task TryEnd_GivesTheExactWindows_AndNothingIsGrantedAfterwards()
    {
        var bench = new HoldingBench();
        var held = await bench.HoldAsync(1);
        held.Answer(HoldingBench.Ask(Asks.OneAMinute));
        Assert.True(held.TryEnd(out var last));

        Assert.Equal(3, last.Ledger.Models?[0].Window?.Length);
        Assert.False(held.TryEnd(out _));
        Assert.Throws<LedgerUnavailableException>(() => held.Answer(HoldingBench.Ask(Asks.OneAMinute)));
        Assert.Throws<LedgerUnavailableException>(() => { _ = held.Change((holder, _) => holder.Enable()); });
        held.Settle([]); // Too late, and nobody waits for it.
        Assert.Null(held.Take(isUrgentOnly: false));
    }

    [Fact]
    public async Task Leaving_GrantsNothing_AndAfterTheHandOverTakesNoSettlementIn()
    {
        var bench = new HoldingBench();
        var held = await bench.HoldAsync(1);
        bench.Pulse.Leave();
        Assert.Equal((KeyDenialReason.StoreUnavailable, TimeSpan.FromMilliseconds(200)), Denied(held));
        held.TryEnd(out _);

        Assert.Equal((KeyDenialReason.StoreUnavailable, TimeSpan.FromMilliseconds(200)), Denied(held));
        var told = new LedgerSettlement(Asks.Model, held.Term, 0, 0, new CallOutcome(CallOutcomeKind.KeyRejected), null);
        Assert.Throws<LedgerUnavailableException>(() => held.Answer(HoldingBench.Ask(Asks.OneAMinute) with { Settlements = [told] }));
    }

    [Fact]
    public async Task TryEnd_WhoeverWaitsForTheStoreHears()
    {
        var bench = new HoldingBench();
        var held = await bench.HoldAsync(1);
        bench.Store.Freeze();
        var stored = held.Change((holder, now) => holder.Disable("by hand", now));
        held.TryEnd(out _);
        bench.Store.Thaw();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => stored);
    }

    private static (KeyDenialReason Denial, TimeSpan NextIn) Denied(Grains.Holding.HeldKey key)
    {
        var answer = key.Answer(HoldingBench.Ask(Asks.OneAMinute));
        return (answer.Denial, answer.NextIn);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private readonly ManualTimeProvider steady = new();
        private TimeSpan offset;

        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + offset;

        public override long GetTimestamp() => steady.GetTimestamp();

        public void Step(TimeSpan by) => offset += by;
    }
}
