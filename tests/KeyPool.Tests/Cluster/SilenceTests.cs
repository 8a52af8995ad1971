using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Holders that fail or do not answer at all.</summary>
public sealed class SilenceTests
{
    private static readonly LeaseRequest Patient = Samples.Request(20);
    private static readonly TimeSpan SilenceMin = ClusterKeyPoolOptions.Default.SilenceMin;

    [Fact]
    public void Ask_Fails_TheCallGoesToAnotherKeyAndTheKeyRests()
    {
        var failed = new List<KeyId>();
        var bench = new GatewayBench(2, options: new ClusterKeyPoolOptions { AskFailed = (key, _) => failed.Add(key) });
        var call = bench.AcquireAsync();
        var dead = bench.TheAsk().Key;
        bench.TheAsk().Fail();
        Assert.NotEqual(dead, bench.TheAsk().Key);
        bench.TheAsk().Grant(1, TimeSpan.FromSeconds(60));
        Assert.True(GatewayBench.Result(call).IsGranted);
        Assert.Equal([dead], failed);

        // The other key is dry: the one that rests is tried again and again, ever more seldom.
        bench.Begin(Patient);
        foreach (var milliseconds in new[] { 250, 500, 1_000, 2_000, 4_000, 4_000 })
        {
            Assert.Empty(bench.Ledgers.Open);
            bench.Advance(TimeSpan.FromMilliseconds(milliseconds));
            Assert.Equal(dead, bench.TheAsk().Key);
            bench.TheAsk().Fail();
        }

        bench.Advance(TimeSpan.FromSeconds(4));
        bench.TheAsk().Grant();
        bench.Begin(Patient);
        bench.TheAsk().Fail();
        bench.Begin(Patient);
        bench.Advance(SilenceMin); // Once it has answered, it rests as shortly as at first.
        Assert.Equal(dead, bench.TheAsk().Key);
    }

    [Fact]
    public void Acquire_AllFail_SaysSoAtOnceAndRecovers()
    {
        var bench = new GatewayBench(3);
        bench.Ledgers.AtOnce = ask => ask.Fail();
        var denied = GatewayBench.Result(bench.AcquireAsync());
        Assert.Equal((LeaseDenialReason.StoreUnavailable, SilenceMin), (denied.Denial!.Value, denied.RetryAfter));
        Assert.Equal(3, bench.Ledgers.Asks.Count);

        var waiting = bench.AcquireAsync(Patient);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Advance(SilenceMin);
        Assert.True(GatewayBench.Result(waiting).IsGranted);
    }

    [Fact]
    public void Acquire_AllSilent_SaysSoInTimeAndRecovers()
    {
        var bench = new GatewayBench(3);
        var call = bench.AcquireAsync();
        var waiting = bench.AcquireAsync(Samples.Request(30));
        bench.Advance(2 * GatewayBench.SendWithin);
        Assert.False(call.IsCompleted);
        bench.Advance(GatewayBench.SendWithin);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, Late(bench).Denial);
        Assert.Equal(3, bench.Ledgers.Asks.Count);

        bench.Advance(TimeSpan.FromSeconds(2));
        foreach (var ask in bench.Ledgers.Open)
        {
            ask.Fail();
        }

        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Advance(SilenceMin);
        Assert.True(GatewayBench.Result(waiting).IsGranted);
    }

    [Fact]
    public void Acquire_KeysOfOneModelAreSilentWithoutEnd_GivesUpAfterItsPatience()
    {
        var bench = new GatewayBench(1_000);
        bench.Ledgers.AtOnce = ask => (ask.Message.Model == "other" ? ask.Grant : (Action)(() => { }))();
        var call = bench.AcquireAsync();
        for (var i = 0; i < 30; i++)
        {
            bench.Begin(Samples.Request() with { Model = "other" }); // The holders live.
            bench.Advance(ClusterKeyPoolOptions.Default.AskPatience / 30);
        }

        Assert.False(call.IsCompleted);
        bench.Advance(GatewayBench.SendWithin + GatewayBench.Tick);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial);
        Assert.InRange(bench.Ledgers.Open.Count, 20, 25);
    }

    [Fact]
    public void Acquire_AllOfManySilent_SaysSoLongBefore()
    {
        var bench = new GatewayBench(1_000);
        var call = bench.AcquireAsync();
        bench.Advance(16 * (GatewayBench.SendWithin + GatewayBench.Tick));
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(bench.AcquireAsync()).Denial);
        Assert.Equal(16, bench.Ledgers.Asks.Count);
    }

    [Fact]
    public void Acquire_AllOfManyFail_AsksSeldomUntilOneAnswers()
    {
        var bench = new GatewayBench(10_000);
        bench.Ledgers.AtOnce = ask => ask.Fail();
        var waiting = bench.Acquire(10, Patient);
        Assert.InRange(bench.Ledgers.Asks.Count, 16, 30);
        Assert.False(bench.Pool.Health.IsReachable);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(bench.AcquireAsync()).Denial);

        bench.Advance(TimeSpan.FromSeconds(15));
        Assert.InRange(bench.Ledgers.Asks.Count, 20, 100);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        bench.Advance(ClusterKeyPoolOptions.Default.SilenceMax);
        Assert.All(waiting, call => Assert.True(GatewayBench.Result(call).IsGranted));
        Assert.True(bench.Pool.Health.IsReachable);
        Assert.True(GatewayBench.Result(bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public void Acquire_OneAnswersDuringTheRest_AllModelsGoOnAtOnce()
    {
        var bench = new GatewayBench(100);
        bench.Begin(Patient with { Model = "other" });
        var slow = bench.TheAsk();
        bench.Advance(SilenceMin);
        bench.Ledgers.AtOnce = ask => ask.Fail();
        var waiting = bench.AcquireAsync(Patient);
        Assert.False(bench.Pool.Health.IsReachable);
        bench.Ledgers.AtOnce = ask => ask.Grant();
        slow.Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(60));
        Assert.True(GatewayBench.Result(waiting).IsGranted);
    }

    [Fact]
    public void Acquire_ManyFailWhileOthersAnswer_DoesNotRest()
    {
        var bench = new GatewayBench(100);
        var (dead, alive) = (bench.Keys.Take(50).Select(key => key.Id).ToHashSet(), 0);
        bench.Ledgers.AtOnce = ask => (dead.Contains(ask.Key) ? ask.Fail : (Action)ask.Grant)();
        for (var i = 0; i < 200; i++)
        {
            alive += GatewayBench.Result(bench.AcquireAsync()).IsGranted ? 1 : 0;
            bench.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(200, alive);
    }

    [Fact]
    public void Ask_HolderMayNotGrant_TheKeyIsLeftAloneUntilItSaid()
    {
        var bench = new GatewayBench(1);
        var call = bench.AcquireAsync(Patient);
        bench.TheAsk().Deny(KeyDenialReason.StoreUnavailable, TimeSpan.FromSeconds(2));
        bench.Advance(TimeSpan.FromSeconds(2) - GatewayBench.Tick);
        Assert.Empty(bench.Ledgers.Open);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(bench.AcquireAsync()).Denial);
        bench.Advance(GatewayBench.Tick);
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    private static LeaseResult Late(GatewayBench bench)
    {
        var call = bench.AcquireAsync();
        bench.Advance(GatewayBench.SendWithin + GatewayBench.Tick);
        return GatewayBench.Result(call);
    }
}
