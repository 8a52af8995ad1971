using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Leases for trying a key that may be out of use.</summary>
public sealed class ProbingTests
{
    [Fact]
    public async Task LeaseForProbe_AsksAsAProbeAndTellsItsEndAtOnce()
    {
        var bench = new GatewayBench(1);
        var pending = ProbeAsync(bench);
        Assert.True(bench.TheAsk().Message.IsProbe);
        Assert.Equal([1], bench.TheAsk().Message.Tokens);
        bench.TheAsk().Grant();
        var lease = await pending;
        Assert.Equal((bench.Keys[0], bench.Time.GetUtcNow() + GatewayBench.SendWithin), (lease!.Key, lease.SendBefore));
        bench.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.Succeeded));
        Assert.Equal(CallOutcomeKind.Succeeded, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public async Task LeaseForProbe_TellsItsEndAtOnce_WhileCallsAskTheKey()
    {
        var bench = new GatewayBench(1);
        var pending = ProbeAsync(bench);
        bench.TheAsk().Grant();
        var lease = await pending;
        bench.Begin();
        Assert.Empty(bench.TheAsk().Message.Settlements);

        bench.Pool.Settle(lease!, new CallOutcome(CallOutcomeKind.Succeeded));

        Assert.Equal(CallOutcomeKind.Succeeded, Assert.Single(Assert.Single(bench.Ledgers.Posted).Settlements).Outcome.Kind);
    }

    [Fact]
    public async Task LeaseForProbe_NoToken_IsNull()
    {
        var bench = new GatewayBench(1);
        var pending = ProbeAsync(bench);
        bench.TheAsk().Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(1));
        Assert.Null(await pending);
        Assert.Null(await bench.Pool.LeaseForProbeAsync(new KeyId("gone"), Samples.Model, default));
        await bench.Pool.StopAsync(default);
        Assert.Null(await ProbeAsync(bench));
    }

    [Fact]
    public async Task LeaseForProbe_Fails_IsNullAndKeepsWhatTheLedgerMustHear()
    {
        var bench = new GatewayBench(1);
        bench.Pool.Settle(bench.Lease(), new CallOutcome(CallOutcomeKind.KeyRateLimited));
        bench.TheAsk().Fail();
        var pending = ProbeAsync(bench);
        Assert.Single(bench.TheAsk().Message.Settlements);
        bench.TheAsk().Fail();
        Assert.Null(await pending);
        pending = ProbeAsync(bench);
        Assert.Equal(CallOutcomeKind.KeyRateLimited, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
        bench.TheAsk().Grant();
        Assert.NotNull(await pending);
    }

    [Fact]
    public async Task LeaseForProbe_AnswerIsLate_IsNullAndTheTokenGoesBack()
    {
        var bench = new GatewayBench(1);
        var pending = ProbeAsync(bench);
        bench.Advance(GatewayBench.SendWithin + GatewayBench.Tick);
        Assert.Null(await pending);
        bench.TheAsk().Grant();
        Assert.Equal(CallOutcomeKind.NotSent, Assert.Single(bench.TheAsk().Message.Settlements).Outcome.Kind);
    }

    [Fact]
    public async Task LeaseForProbe_WhileCallsAskTheKey_GoesBesides()
    {
        var bench = new GatewayBench(1);
        var call = bench.AcquireAsync(Samples.Request(10));
        var pending = ProbeAsync(bench);
        bench.Ledgers.Open[1].Deny(KeyDenialReason.Minute, TimeSpan.FromSeconds(60));
        Assert.Null(await pending);
        bench.Begin(Samples.Request(10));
        bench.TheAsk().Grant();
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public async Task LeaseForProbe_Cancelled_Throws()
    {
        var bench = new GatewayBench(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Pool.LeaseForProbeAsync(bench.Keys[0].Id, Samples.Model, new CancellationToken(canceled: true)).AsTask());
        Assert.Empty(bench.Ledgers.Asks);
    }

    private static Task<KeyLease?> ProbeAsync(GatewayBench bench) => bench.Pool.LeaseForProbeAsync(bench.Keys[0].Id, Samples.Model, default).AsTask();
}
