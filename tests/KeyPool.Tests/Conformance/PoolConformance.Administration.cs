using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>Keys that come, go, and are tried.</content>
public abstract partial class PoolConformance
{
    [Fact]
    public async Task Add_CallsWait_ServesThem()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        var waiting = await bench.BeginAsync(Samples.Request(100));
        var added = bench.Setup.NewKey(9);
        await bench.AddAsync(added);
        Assert.True(waiting.IsCompleted);
        Assert.Equal(added, (await waiting).Lease!.Key);
    }

    [Fact]
    public async Task Enable_CallsWait_ServesThem()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)));
        await bench.DisableAsync(bench.Keys[1].Id);
        await bench.LeaseAsync();
        var waiting = await bench.BeginAsync(Samples.Request(100));
        Assert.False(waiting.IsCompleted);
        await bench.EnableAsync(bench.Keys[1].Id);
        Assert.True(waiting.IsCompleted);
        Assert.Equal(bench.Keys[1], (await waiting).Lease!.Key);
    }

    [Fact]
    public async Task Remove_AndAddAgain_GivesNoQuotaBack()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        var lease = await bench.LeaseAsync();
        Assert.True(await bench.RemoveAsync(lease.Key.Id));
        Assert.False(await bench.RemoveAsync(lease.Key.Id));
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync()).Denial);
        await bench.AddAsync(lease.Key);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
    }

    [Fact]
    public async Task LeaseForProbe_RejectedKey_ComesBackBySuccess()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 2)));
        var lease = await bench.LeaseAsync();
        await bench.SettleAsync(lease, new CallOutcome(CallOutcomeKind.KeyRejected) { IsConclusive = true, Detail = "400 API_KEY_INVALID" });
        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync()).Denial);
        Assert.Null(await bench.LeaseForProbeAsync(new KeyId("gone")));

        await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
        var probe = await bench.LeaseForProbeAsync(bench.Keys[0].Id);
        Assert.Null(await bench.LeaseForProbeAsync(bench.Keys[0].Id)); // Its quota counts.
        await bench.SettleAsync(probe!, CallOutcomeKind.Succeeded);
        Assert.Equal(LeaseDenialReason.RateLimited, (await bench.AcquireAsync()).Denial);
        await bench.AdvanceAsync(Span + bench.Slack);
        Assert.True((await bench.AcquireAsync()).IsGranted);
    }
}
