using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>How ledgers hear of the ends of calls: with as few messages as may be, and each once.</summary>
public sealed class SettlementTests
{
    private static readonly CallOutcome Success = new(CallOutcomeKind.Succeeded);
    private static readonly TimeSpan SettleWithin = ClusterKeyPoolOptions.Default.SettleWithin;

    [Fact]
    public void Settle_Success_RidesWithTheKeysNextAsk()
    {
        var bench = new GatewayBench(1);
        var lease = bench.Lease();
        bench.Pool.Settle(lease, Success with { SentAt = lease.GrantedAt + TimeSpan.FromMilliseconds(40), PromptTokens = 12, Detail = "200" });
        Assert.Empty(bench.Ledgers.Open);
        bench.Begin(Samples.Request() with { Model = "other" });
        var told = Assert.Single(bench.TheAsk().Message.Settlements);
        Assert.Equal(
            new LedgerSettlement(Samples.Model, ScriptedAsk.Term, bench.Ledgers.Asks[0].Stamp, 0, Success with { PromptTokens = 12, Detail = "200" }, TimeSpan.FromMilliseconds(40)),
            told);
        bench.TheAsk().Grant();
        bench.Begin();
        Assert.Empty(bench.TheAsk().Message.Settlements);
    }

    [Fact]
    public void Settle_ManyThatRide_AreRememberedOncePerKey()
    {
        var bench = new GatewayBench(1);
        for (var i = 0; i < 50; i++)
        {
            bench.Pool.Settle(bench.Lease(), Success);
        }

        Assert.Equal(1, bench.Pool.SettlingCount);
    }

    [Fact]
    public void Settle_NobodyAsks_IsPostedAfterAWhile()
    {
        var bench = new GatewayBench(2);
        bench.Pool.Settle(bench.Lease(), Success);
        bench.Advance(TimeSpan.FromSeconds(10));
        bench.Pool.Settle(bench.Lease(), Success);
        bench.Advance(SettleWithin - TimeSpan.FromSeconds(10) - GatewayBench.Tick);
        Assert.Empty(bench.Ledgers.Posted);
        bench.Advance(GatewayBench.Tick);
        Assert.Equal(bench.Ledgers.Asks[0].Key, Assert.Single(bench.Ledgers.Posted).Key);
        bench.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([bench.Ledgers.Asks[0].Key, bench.Ledgers.Asks[1].Key], bench.Ledgers.Posted.Select(posted => posted.Key));
        Assert.All(bench.Ledgers.Posted, posted => Assert.Single(posted.Settlements));
        Assert.Equal(2, bench.Pool.Health.SettlementMessages);
    }

    [Fact]
    public void Settle_AnsweredBefore_WaitsAnewForTheNext()
    {
        var bench = new GatewayBench(1);
        bench.Pool.Settle(bench.Lease(), Success);
        bench.Advance(TimeSpan.FromSeconds(20));
        bench.Pool.Settle(bench.Lease(), Success); // The first one went along.
        bench.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(bench.Ledgers.Posted);
        bench.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(Assert.Single(bench.Ledgers.Posted).Settlements);
    }

    [Fact]
    public void Settle_VeryMany_ArePostedTogether()
    {
        var bench = new GatewayBench(1, options: new ClusterKeyPoolOptions { PendingSettlementsMax = 5 });
        var leases = Enumerable.Range(0, 5).Select(_ => bench.Lease()).ToList();
        leases.ForEach(lease => bench.Pool.Settle(lease, Success));
        Assert.Equal(5, Assert.Single(bench.Ledgers.Posted).Settlements.Count);
    }

    [Theory]
    [InlineData(CallOutcomeKind.KeyRejected)]
    [InlineData(CallOutcomeKind.KeySuspended)]
    [InlineData(CallOutcomeKind.KeyRateLimited)]
    [InlineData(CallOutcomeKind.KeyDayExhausted)]
    [InlineData(CallOutcomeKind.ModelNotAvailable)]
    public void Settle_TeachesSomething_IsToldAtOnceAndSurvivesAFailure(CallOutcomeKind kind)
    {
        var bench = new GatewayBench(1);
        bench.Pool.Settle(bench.Lease(), new CallOutcome(kind));
        Assert.Empty(bench.TheAsk().Message.Tokens);
        Assert.Equal(kind, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
        bench.TheAsk().Fail();
        bench.Begin(Samples.Request(10));
        bench.Advance(ClusterKeyPoolOptions.Default.SilenceMin);
        Assert.Equal(kind, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public void Settle_OfAFailedAsk_GivesNoTokenBackTwice()
    {
        var bench = new GatewayBench(1);
        CallOutcomeKind[] kinds = [CallOutcomeKind.NotSent, CallOutcomeKind.Succeeded, CallOutcomeKind.ClientLeft, CallOutcomeKind.UpstreamBroken];
        foreach (var (lease, kind) in kinds.Select(kind => (bench.Lease(), kind)).ToList())
        {
            bench.Pool.Settle(lease, new CallOutcome(kind));
        }

        bench.Begin(Samples.Request(10));
        Assert.Equal(kinds, bench.TheAsk().Message.Settlements.Select(settlement => settlement.Outcome.Kind));
        bench.TheAsk().Fail();
        bench.Advance(ClusterKeyPoolOptions.Default.SilenceMin);
        Assert.Empty(bench.TheAsk().Message.Settlements);
    }

    [Fact]
    public void Settle_WhileTheKeyIsAsked_FollowsTheAnswer()
    {
        var bench = new GatewayBench(1);
        var lease = bench.Lease();
        var call = bench.AcquireAsync(Samples.Request(10));
        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.KeyRateLimited));
        bench.TheAsk().Grant();
        Assert.True(call.IsCompleted);
        Assert.Equal(CallOutcomeKind.KeyRateLimited, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public void Settle_WhileCallsWaitToo_OneAskDoesBoth()
    {
        var bench = new GatewayBench(1);
        var lease = bench.Lease();
        bench.Acquire(2, Samples.Request(10));
        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.KeyRateLimited));
        bench.TheAsk().Grant();
        Assert.Equal((1, 1), (bench.TheAsk().Message.Tokens.Count, bench.TheAsk().Message.Settlements.Count));
    }

    [Fact]
    public void Settle_TokenNobodyWaitsFor_IsNotWorthAMessage()
    {
        var bench = new GatewayBench(1, Samples.Table(tpm: 1_000));
        bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.NotSent));
        bench.Pool.Settle(bench.Lease(Samples.Request() with { EstimatedTokens = 10 }), Success with { PromptTokens = 5 });
        Assert.Empty(bench.Ledgers.Open);
        bench.Pool.Settle(bench.Lease(Samples.Request() with { EstimatedTokens = 10 }), Success with { PromptTokens = 50 });
        Assert.Equal(50, bench.TheAsk().Message.Settlements[^1].Outcome.PromptTokens); // More than was charged: the others must know.
    }

    [Fact]
    public void Settle_FewerTokensThanEstimated_OfAKeyOutOfRequests_IsNotWorthAMessage()
    {
        var bench = new GatewayBench(1, Samples.Table(rpm: 1));
        var pending = bench.AcquireAsync(Samples.Request() with { EstimatedTokens = 10 });
        bench.Ledgers.Asks[^1].Grant(1, TimeSpan.FromMinutes(1));
        bench.Pool.Settle(GatewayBench.Result(pending).Lease!, Success with { PromptTokens = 5 });
        Assert.Empty(bench.Ledgers.Open);
        Assert.Equal(0, bench.Pool.Health.SettlementMessages);
    }

    [Fact]
    public void Settle_SentLate_IsToldAtOnce()
    {
        var bench = new GatewayBench(1);
        var lease = bench.Lease();
        bench.Pool.Settle(lease, Success with { SentAt = lease.SendBefore + TimeSpan.FromSeconds(3) });
        Assert.Equal(TimeSpan.FromSeconds(3.125), Assert.Single(bench.TheAsk().Message.Settlements).SentAfter);
    }

    [Fact]
    public void Settle_OfARemovedKey_IsPosted()
    {
        var bench = new GatewayBench(2);
        var (first, second) = (bench.Lease(), bench.Lease());
        bench.Pool.Settle(first, Success);
        bench.Pool.ApplyKeys([], [first.Key.Id, second.Key.Id]);
        Assert.Equal(first.Key.Id, Assert.Single(bench.Ledgers.Posted).Key);
        bench.Pool.Settle(second, Success);
        Assert.Equal(second.Key.Id, bench.Ledgers.Posted[^1].Key);
    }
}
