using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class AdministrationTests
{
    [Fact]
    public async Task Add_NewAndKnownKeys_ReturnsTheNewOnesAndKeepsThem()
    {
        var harness = await PoolHarness.StartAsync(2);
        ApiKey[] keys = [Samples.NewKey(1), Samples.NewKey(7), Samples.NewKey(7)];
        Assert.Equal([Samples.NewKey(7).Id], await harness.Pool.AddAsync(keys, default));
        await harness.Pool.StopAsync(default);
        var next = await PoolHarness.StartAsync(0, store: harness.Store, time: harness.Time);
        var added = await next.Pool.FindAsync(Samples.NewKey(7).Id, default);
        Assert.Equal(harness.Now, added!.Profile.AddedAt);
        Assert.Equal(3, (await next.Pool.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Remove_AndAddAgainAfterARestart_GivesNoQuotaBack()
    {
        var limits = Samples.Table(rpd: 1);
        var harness = await PoolHarness.StartAsync(1, limits);
        var lease = harness.Lease();
        harness.Time.Advance(TimeSpan.FromSeconds(1)); // What was spent reaches the store.
        Assert.True(await harness.Pool.RemoveAsync(lease.Key.Id, default));
        await harness.Pool.StopAsync(default);

        var next = await PoolHarness.StartAsync(0, limits, store: harness.Store.Copy(), time: harness.Time);
        await next.Pool.AddAsync([lease.Key], default);

        Assert.Equal(LeaseDenialReason.DayExhausted, next.Acquire().Denial);
    }

    [Fact]
    public async Task Disable_SurvivesARestartWithItsReason()
    {
        var harness = await PoolHarness.StartAsync(1);
        Assert.True(await harness.Pool.DisableAsync(harness.Keys[0].Id, "too expensive", default));
        Assert.False(await harness.Pool.DisableAsync(new KeyId("gone"), "", default));
        harness.Time.Advance(TimeSpan.Zero);
        var next = await PoolHarness.StartAsync(1, store: harness.Store.Copy(), time: harness.Time);
        var status = await next.Pool.FindAsync(harness.Keys[0].Id, default);
        Assert.Equal((KeyState.Disabled, "too expensive", (DateTimeOffset?)harness.Now), (status!.State, status.Reason, status.Since));
    }

    [Fact]
    public async Task List_ManyKeys_ShowsAllOnceAndNoSecret()
    {
        var harness = await PoolHarness.StartAsync(200);
        var list = await harness.Pool.ListAsync(default);
        Assert.Equal(harness.Keys.Select(key => key.Id).Order(), list.Select(status => status.Id).Order());
        Assert.All(list, status => Assert.Equal("AIza…", status.Masked[..5]));
        Assert.All(harness.Keys, key => Assert.DoesNotContain(list, status => status.ToString().Contains(key.Reveal(), StringComparison.Ordinal)));
    }
}
