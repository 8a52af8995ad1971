using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>A pool whose calls can only wait sleeps until something may have changed; and it never asks without end while no time passes.</summary>
public sealed class SleepTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    [Fact]
    public void Acquire_PinnedCallWaits_OtherKeysComingDueWakeNobody()
    {
        var bench = new GatewayBench(2);
        var pinned = Samples.Request(60) with { Pinned = bench.Keys[0].Id };
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Minute, ask.Key == bench.Keys[0].Id ? Later : Soon);
        bench.Begin();
        bench.Begin(pinned);
        Assert.InRange(bench.Advance(Later - GatewayBench.Tick), 0, 5);
        Assert.Equal(2, bench.Ledgers.Asks.Count);
        bench.Advance(GatewayBench.Tick);
        Assert.Equal(3, bench.Ledgers.Asks.Count);
    }

    [Theory]
    [InlineData(KeyDenialReason.NeedsCheckpoint, 0.05)]
    [InlineData(KeyDenialReason.StoreUnavailable, 2)]
    [InlineData(KeyDenialReason.Minute, 0.005)]
    [InlineData(KeyDenialReason.TooManyModels, 0.005)]
    public void Acquire_LedgerNamesNoTimeToWait_IsNotAskedWithoutEnd(KeyDenialReason denial, double pauseSeconds)
    {
        var bench = new GatewayBench(1);
        bench.Ledgers.AtOnce = ask => ask.Deny(denial, denial == KeyDenialReason.StoreUnavailable ? TimeSpan.FromSeconds(2) : TimeSpan.Zero);
        bench.Begin(Samples.Request(60) with { Pinned = bench.Keys[0].Id });
        bench.Begin(Samples.Request(60));
        bench.Begin(Samples.Request(60) with { EstimatedTokens = 100 });
        Assert.InRange(bench.Ledgers.Asks.Count, 1, 3);
        var before = bench.Ledgers.Asks.Count;
        bench.Advance(TimeSpan.FromSeconds(10 * pauseSeconds));
        Assert.InRange(bench.Ledgers.Asks.Count - before, 5, 30);
    }

    [Fact]
    public void Acquire_AllDayExhausted_SleepsUntilMidnight()
    {
        var bench = new GatewayBench(3);
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Day, TimeSpan.FromHours(5));
        var call = bench.AcquireAsync(Samples.Request(6 * 3_600));
        Assert.InRange(bench.Advance(TimeSpan.FromHours(5) - GatewayBench.Tick), 0, 2);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Advance(GatewayBench.Tick);
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    [Fact]
    public void Acquire_ModelPauses_RefusalsThatEndMeanwhileWakeNobody()
    {
        var bench = new GatewayBench(6, options: new ClusterKeyPoolOptions { EgressPauseMin = Later });
        bench.Ledgers.AtOnce = ask => ask.Grant();
        var leases = bench.Acquire(6).Select(call => GatewayBench.Result(call).Lease!).ToList();
        bench.Ledgers.AtOnce = ask => ask.Deny(KeyDenialReason.Tokens, Soon, TimeSpan.Zero);
        bench.Begin(Samples.Request(60) with { EstimatedTokens = 500 });
        leases.ForEach(lease => bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.EgressRefused)));
        Assert.InRange(bench.Advance(Later - GatewayBench.Tick), 0, 5);
        Assert.Equal(12, bench.Ledgers.Asks.Count);
        bench.Advance(GatewayBench.Tick);
        Assert.Equal(18, bench.Ledgers.Asks.Count);
    }

    [Fact]
    public void Acquire_VeryManyDryKeysThatAnswerInPlace_AreAskedOneAfterAnother()
    {
        // Nested, a row of so many would overflow the stack.
        var bench = new GatewayBench(50_000);
        var inside = 0;
        bench.Ledgers.AtOnce = ask =>
        {
            Assert.Equal(1, ++inside);
            ask.Deny(KeyDenialReason.Minute, Later);
            inside--;
        };
        Assert.Equal(LeaseDenialReason.RateLimited, GatewayBench.Result(bench.AcquireAsync()).Denial);
        Assert.Equal(50_000, bench.Ledgers.Asks.Count);
    }

    [Fact]
    public void Acquire_OverdueKeys_SleepsUntilTheyEnd()
    {
        var bench = new GatewayBench(2);
        bench.Acquire(4, Samples.Request(60));
        bench.Begin(Samples.Request(60) with { Pinned = bench.Keys[1].Id });
        bench.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, bench.Advance(Later));
        Assert.Equal(2, bench.Ledgers.Asks.Count);
    }
}
