using GeminiBalance.KeyPool.Tests.Local;
using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>An answer that is not there in the time in which a call must be sent.</summary>
public sealed class OverdueTests
{
    private static readonly LeaseRequest Patient = Samples.Request(10);

    [Fact]
    public void Ask_NotAnsweredInTime_TheCallGoesToAnotherKey()
    {
        var bench = new GatewayBench(2);
        var call = bench.AcquireAsync(Samples.Request());
        bench.Advance(GatewayBench.SendWithin);
        Assert.Single(bench.Ledgers.Asks);
        bench.Advance(GatewayBench.Tick);
        Assert.Equal(2, bench.Ledgers.Open.Count);
        Assert.NotEqual(bench.Ledgers.Asks[0].Key, bench.Ledgers.Asks[1].Key);

        var asked = bench.Time.GetUtcNow();
        bench.Advance(TimeSpan.FromMilliseconds(100));
        bench.Ledgers.Asks[1].Grant();
        var lease = GatewayBench.Result(call).Lease!;
        Assert.Equal((bench.Ledgers.Asks[1].Key, asked + GatewayBench.SendWithin), (lease.Key.Id, lease.SendBefore));
        Assert.Equal(1, bench.Pool.Health.WrittenOff);
    }

    [Fact]
    public void Ask_AnsweredLate_GivesItsTokensBackAtOnce()
    {
        var bench = new GatewayBench(1);
        bench.Acquire(1, Patient);
        bench.Acquire(2, Patient);
        bench.TheAsk().Grant();
        var late = bench.TheAsk();
        bench.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Same(late, bench.TheAsk());

        late.Grant(2, TimeSpan.FromSeconds(60));
        var back = bench.TheAsk();
        Assert.Equal(
            [(late.Stamp, CallOutcomeKind.NotSent), (late.Stamp + 1, CallOutcomeKind.NotSent)],
            back.Message.Settlements.Select(settlement => (settlement.Stamp, settlement.Outcome.Kind)));
        Assert.All(back.Message.Settlements, settlement => Assert.Equal((ScriptedAsk.Term, Samples.Model), (settlement.Term, settlement.Model)));
        Assert.Equal(2, bench.Pool.Health.Unused);
        Assert.Equal(2, back.Message.Tokens.Count); // And the calls take them.
    }

    [Fact]
    public void Ask_AnsweredLateAndNobodyWaits_GivesItsTokensBackAtOnce()
    {
        var bench = new GatewayBench(1);
        var call = bench.AcquireAsync();
        bench.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial);
        bench.TheAsk().Grant();
        Assert.Empty(bench.TheAsk().Message.Tokens);
        Assert.Equal(CallOutcomeKind.NotSent, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public void Ask_AnsweredLateBeforeAnyTimer_GivesItsTokensBack()
    {
        var clock = new SettableClock();
        var bench = new GatewayBench(1, clock: clock);
        var call = bench.AcquireAsync(Patient);
        clock.Leap(GatewayBench.SendWithin + GatewayBench.Tick);
        bench.TheAsk().Grant();
        Assert.False(call.IsCompleted);
        Assert.Equal(CallOutcomeKind.NotSent, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public void Ask_AnsweredAtTheLastMoment_IsOfUse()
    {
        var bench = new GatewayBench(1);
        var call = bench.AcquireAsync(Samples.Request());
        bench.Advance(GatewayBench.SendWithin);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    [Fact]
    public void Ask_Overdue_TheKeyIsNotAskedAgainBeforeItEnds()
    {
        var bench = new GatewayBench(1);
        var pinned = Patient with { Pinned = bench.Keys[0].Id };
        bench.Begin(Patient);
        bench.Begin(pinned);
        bench.Advance(TimeSpan.FromSeconds(1));
        bench.Pool.Reconsider(bench.Keys[0].Id);
        bench.Pool.Limits = Samples.Table(rpm: 1_000);
        bench.Pool.ApplyKeys([new RosterKey(bench.Keys[0], new KeyProfile())], []);
        bench.Begin(pinned);
        bench.Begin(Patient);
        Assert.Single(bench.Ledgers.Asks);

        bench.TheAsk().Fail();
        bench.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(4, bench.TheAsk().Message.Tokens.Count);
    }

    [Fact]
    public void Ask_OverdueWithSettlementsAlone_DelaysNobody()
    {
        var bench = new GatewayBench(2);
        bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.KeyRateLimited));
        Assert.Empty(bench.TheAsk().Message.Tokens);
        bench.Advance(TimeSpan.FromSeconds(1));
        bench.Begin(Patient);
        Assert.Equal(2, bench.Ledgers.Open.Select(ask => ask.Key).Distinct().Count());
    }
}
