using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Calls that leave, and a pool that ends, while ledgers are asked: no token and no call gets lost.</summary>
public sealed class LeavingTests
{
    private static readonly LeaseRequest Patient = Samples.Request(10);

    [Fact]
    public async Task Cancel_WhileAsked_AnotherCallOfTheAskHasTheToken()
    {
        var bench = new GatewayBench(1);
        bench.Begin(Patient);
        using var source = new CancellationTokenSource();
        var gone = bench.AcquireAsync(Patient, source.Token);
        var stays = bench.AcquireAsync(Patient);
        bench.TheAsk().Grant();
        await source.CancelAsync();
        Assert.True(gone.IsCanceled);
        bench.TheAsk().Grant(1, TimeSpan.FromSeconds(60));
        Assert.True(GatewayBench.Result(stays).IsGranted);
        Assert.Equal(0, bench.Pool.Health.Unused);
    }

    [Fact]
    public async Task Cancel_WhileAsked_TheTokenGoesBackAndToWhoeverWaits()
    {
        var bench = new GatewayBench(1);
        using var source = new CancellationTokenSource();
        bench.Begin();
        var gone = bench.AcquireAsync(Patient, source.Token);
        bench.TheAsk().Grant();
        var waits = bench.AcquireAsync(Patient);
        var asked = bench.TheAsk();
        await source.CancelAsync();
        asked.Grant(1, TimeSpan.FromSeconds(60));
        Assert.True(gone.IsCanceled);
        var back = Assert.Single(bench.TheAsk().Message.Settlements);
        Assert.Equal((asked.Stamp, CallOutcomeKind.NotSent), (back.Stamp, back.Outcome.Kind));
        bench.TheAsk().Grant();
        Assert.True(GatewayBench.Result(waits).IsGranted);
    }

    [Fact]
    public async Task Cancel_AfterTheAnswer_KeepsTheLease()
    {
        var bench = new GatewayBench(1);
        using var source = new CancellationTokenSource();
        var call = bench.AcquireAsync(Patient, source.Token);
        bench.TheAsk().Grant();
        await source.CancelAsync();
        Assert.True(GatewayBench.Result(call).IsGranted);
    }

    [Fact]
    public async Task Cancel_CallsThatWaitAndAreAskedFor_FreesTheirPlaces()
    {
        var bench = new GatewayBench(1, options: new ClusterKeyPoolOptions { WaitersMax = 2 });
        using var source = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 3).Select(_ => bench.AcquireAsync(Patient, source.Token)).ToList();
        Assert.Equal(LeaseDenialReason.QueueFull, GatewayBench.Result(bench.AcquireAsync(Patient)).Denial);
        await source.CancelAsync();
        Assert.All(calls, call => Assert.True(call.IsCanceled));
        Assert.Equal(0, bench.Pool.WaiterCount);
        bench.Acquire(2, Patient);
        Assert.Equal(2, bench.Pool.WaiterCount);
    }

    [Fact]
    public void Acquire_MoreAskedForThanMayWait_SaysQueueFull()
    {
        var bench = new GatewayBench(10, options: new ClusterKeyPoolOptions { WaitersMax = 3 });
        var calls = bench.Acquire(3);
        Assert.Equal(LeaseDenialReason.QueueFull, GatewayBench.Result(bench.AcquireAsync()).Denial);
        bench.Ledgers.Open[0].Grant();
        Assert.True(GatewayBench.Result(calls[0]).IsGranted);
        bench.Begin();
        Assert.Equal(3, bench.Ledgers.Open.Count);
    }

    [Fact]
    public async Task Stop_CallsAreAskedFor_TheyGetTheirAnswerAndNoOtherKey()
    {
        var bench = new GatewayBench(4);
        var calls = bench.Acquire(4, Patient);
        var stopping = bench.Pool.StopAsync(default);
        Assert.False(stopping.IsCompleted);
        bench.Ledgers.Open[0].Grant();
        bench.Ledgers.Open[0].Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(1));
        bench.Ledgers.Open[0].Fail();
        bench.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(GatewayBench.Result(calls[0]).IsGranted);
        Assert.All(calls.Skip(1), call => Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial));
        Assert.Equal(4, bench.Ledgers.Asks.Count);

        bench.TheAsk().Grant();
        await stopping;
        Assert.Equal(CallOutcomeKind.NotSent, Assert.Single(Assert.Single(bench.Ledgers.Posted).Settlements).Outcome.Kind);
        Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(bench.AcquireAsync(Patient)).Denial);
    }

    [Fact]
    public async Task Stop_NobodyAnswers_EndsAfterItsPatience()
    {
        var bench = new GatewayBench(1);
        var calls = bench.Acquire(3, Samples.Request(1_000));
        var stopping = bench.Pool.StopAsync(default);
        bench.Advance(ClusterKeyPoolOptions.Default.AskPatience);
        await stopping;
        Assert.All(calls, call => Assert.Equal(LeaseDenialReason.StoreUnavailable, GatewayBench.Result(call).Denial));
        bench.TheAsk().Fail();
        await bench.Pool.StopAsync(default);
    }

    [Fact]
    public async Task Stop_SettlementsGather_AreSentOffAlsoThoseThatComeAfterwards()
    {
        var bench = new GatewayBench(2);
        var (first, second) = (bench.Lease(), bench.Lease());
        bench.Pool.Settle(first, new CallOutcome(CallOutcomeKind.Succeeded));
        await bench.Pool.DisposeAsync();
        Assert.Equal(first.Key.Id, Assert.Single(bench.Ledgers.Posted).Key);
        bench.Pool.Settle(second, new CallOutcome(CallOutcomeKind.KeyRateLimited));
        Assert.Equal(second.Key.Id, bench.Ledgers.Posted[^1].Key);
        Assert.Empty(bench.Ledgers.Open);
    }

    [Fact]
    public async Task Stop_GivenUp_StillSendsOffWhatGathered()
    {
        var bench = new GatewayBench(2);
        bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.Succeeded));
        bench.Begin(Patient with { Excluded = [bench.Ledgers.Asks[0].Key] });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Pool.StopAsync(new CancellationToken(canceled: true)));
        Assert.Single(bench.Ledgers.Posted);
    }
}
