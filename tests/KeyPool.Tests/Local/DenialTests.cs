namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class DenialTests
{
    [Fact]
    public async Task Acquire_AllKeysOutOfUse_SaysNoKeys()
    {
        var harness = await PoolHarness.StartAsync(2);
        foreach (var key in harness.Keys)
        {
            Assert.True(await harness.Pool.DisableAsync(key.Id, "by hand", default));
        }

        Assert.Equal(LeaseDenialReason.NoKeys, harness.Acquire(PoolHarness.Request(5)).Denial);
        await harness.Pool.EnableAsync(harness.Keys[1].Id, default);
        Assert.Equal(harness.Keys[1], harness.Lease().Key);
    }

    [Fact]
    public async Task Acquire_EveryKeyTried_SaysAllTried()
    {
        var harness = await PoolHarness.StartAsync(2, PoolHarness.Table(rpm: 1));
        var request = PoolHarness.Request(5) with { Excluded = [harness.Keys[0].Id, harness.Keys[1].Id, harness.Keys[1].Id, new KeyId("gone")] };
        Assert.Equal(LeaseDenialReason.AllTried, harness.Acquire(request).Denial);
        Assert.True(harness.Acquire().IsGranted); // They kept their place.
        Assert.True(harness.Acquire().IsGranted);
        Assert.Equal(LeaseDenialReason.AllTried, harness.Acquire(request).Denial);
    }

    [Fact]
    public async Task Acquire_OneKeyTried_TakesTheOtherAndTellsItsTime()
    {
        var harness = await PoolHarness.StartAsync(2, PoolHarness.Table(rpm: 1));
        var request = PoolHarness.Request() with { Excluded = [harness.Keys[0].Id] };
        Assert.Equal(harness.Keys[1], harness.Lease(request).Key);
        harness.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(harness.Keys[0], harness.Lease().Key);
        harness.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(45.25) + TimeSpan.FromTicks(1), harness.Acquire(request).RetryAfter);
        var other = request with { Excluded = [harness.Keys[1].Id] };
        Assert.Equal(TimeSpan.FromSeconds(55.25) + TimeSpan.FromTicks(1), harness.Acquire(other).RetryAfter);
    }

    [Fact]
    public async Task Acquire_NoKeyOffersTheModel_SaysSo()
    {
        var harness = await PoolHarness.StartAsync(2);
        harness.Settle(harness.Lease(), CallOutcomeKind.ModelNotAvailable);
        harness.Settle(harness.Lease(), CallOutcomeKind.ModelNotAvailable);
        Assert.Equal(LeaseDenialReason.ModelNotAvailable, harness.Acquire(PoolHarness.Request(5)).Denial);
        Assert.True(harness.Acquire(PoolHarness.Request() with { Model = "other" }).IsGranted);
    }

    [Fact]
    public async Task Acquire_AllDaysSpent_SaysDayExhaustedUntilMidnight()
    {
        var harness = await PoolHarness.StartAsync(2);
        harness.Settle(harness.Lease(), CallOutcomeKind.KeyDayExhausted);
        Assert.True(harness.Acquire().IsGranted);
        var request = PoolHarness.Request() with { Excluded = [harness.Keys[0].Id] };
        harness.Settle(harness.Lease(request), CallOutcomeKind.KeyDayExhausted);

        var denied = harness.Acquire(PoolHarness.Request(10));
        Assert.Equal(LeaseDenialReason.DayExhausted, denied.Denial);
        Assert.Equal(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(2), denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_OneDaySpentOneCooling_SaysRateLimited()
    {
        var harness = await PoolHarness.StartAsync(2);
        harness.Settle(harness.Lease(), CallOutcomeKind.KeyDayExhausted);
        harness.Pool.Settle(harness.Lease(), new CallOutcome(CallOutcomeKind.KeyRateLimited) { RetryDelay = TimeSpan.FromSeconds(36) });
        var denied = harness.Acquire(PoolHarness.Request(10));
        Assert.Equal((LeaseDenialReason.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(36)), (denied.Denial, denied.RetryAfter));
    }

    [Fact]
    public async Task Acquire_QueueFull_SaysSo()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1), new LocalKeyPoolOptions { WaitersMax = 2 });
        harness.Lease();
        _ = harness.AcquireAsync(PoolHarness.Request(100)).AsTask();
        _ = harness.AcquireAsync(PoolHarness.Request(100) with { Model = PoolHarness.Model }).AsTask();
        var denied = harness.Acquire(PoolHarness.Request(100));
        Assert.Equal(LeaseDenialReason.QueueFull, denied.Denial);
        Assert.Equal(TimeSpan.FromSeconds(60.25) + TimeSpan.FromTicks(1), denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_Pinned_GoesToThatKeyOrNone()
    {
        var harness = await PoolHarness.StartAsync(3, PoolHarness.Table(rpm: 2));
        var pinned = PoolHarness.Request() with { Pinned = harness.Keys[2].Id };
        Assert.Equal([harness.Keys[2], harness.Keys[2]], [harness.Lease(pinned).Key, harness.Lease(pinned).Key]);
        Assert.Equal(LeaseDenialReason.RateLimited, harness.Acquire(pinned).Denial);

        await harness.Pool.DisableAsync(harness.Keys[2].Id, "", default);
        Assert.Equal(LeaseDenialReason.PinnedKeyUnavailable, harness.Acquire(pinned with { MaxWait = TimeSpan.FromHours(1) }).Denial);
        Assert.Equal(LeaseDenialReason.PinnedKeyUnavailable, harness.Acquire(pinned with { Pinned = new KeyId("gone") }).Denial);
    }

    [Fact]
    public async Task Acquire_PinnedWaits_ItsKeyIsNotGivenToOthersFirst()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        var plain = harness.AcquireAsync(PoolHarness.Request(100)).AsTask();
        var pinned = harness.AcquireAsync(PoolHarness.Request(100) with { Pinned = harness.Keys[0].Id }).AsTask();
        harness.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.True((await pinned).IsGranted);
        Assert.False(plain.IsCompleted && (await plain).IsGranted);
    }

    [Fact]
    public async Task Acquire_KeyRemovedWhileCallsWait_AnswersThem()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        var plain = harness.AcquireAsync(PoolHarness.Request(100)).AsTask();
        var pinned = harness.AcquireAsync(PoolHarness.Request(100) with { Pinned = harness.Keys[0].Id }).AsTask();
        Assert.True(await harness.Pool.RemoveAsync(harness.Keys[0].Id, default));
        Assert.Equal((LeaseDenialReason.NoKeys, LeaseDenialReason.PinnedKeyUnavailable), ((await plain).Denial!.Value, (await pinned).Denial!.Value));
    }

    [Fact]
    public async Task Settle_EgressRefusedForManyKeys_PausesTheModelForAllKeys()
    {
        var harness = await PoolHarness.StartAsync(6);
        RefuseAll();
        var denied = harness.Acquire();
        Assert.Equal((LeaseDenialReason.EgressLimited, (TimeSpan?)TimeSpan.FromSeconds(1)), (denied.Denial, denied.RetryAfter));
        Assert.True(harness.Acquire(PoolHarness.Request() with { Model = "other" }).IsGranted);

        foreach (var seconds in new[] { 2, 4, 8, 16, 32, 60, 60 })
        {
            harness.Time.Advance(denied.RetryAfter!.Value);
            RefuseAll();
            denied = harness.Acquire();
            Assert.Equal(TimeSpan.FromSeconds(seconds), denied.RetryAfter);
        }

        Assert.All(await harness.Pool.ListAsync(default), status => Assert.Equal(0, status.Failures));

        // The fifth refusal begins the pause; the sixth was under way at the same time and does not lengthen it.
        void RefuseAll()
        {
            foreach (var lease in harness.Keys.Select(_ => harness.Lease()).ToList())
            {
                harness.Settle(lease, CallOutcomeKind.EgressRefused);
            }
        }
    }

    [Fact]
    public async Task Settle_EgressRefusedForFewKeys_TheOthersGoOn()
    {
        var harness = await PoolHarness.StartAsync(6);
        foreach (var lease in Enumerable.Range(0, EgressMonitor.RefusedKeysMin - 1).Select(_ => harness.Lease()).ToList())
        {
            harness.Settle(lease, CallOutcomeKind.EgressRefused);
        }

        Assert.True(harness.Acquire().IsGranted);
    }

    [Fact]
    public async Task Settle_ManyLittleUsedKeysRefused_BlamesTheAddress()
    {
        var harness = await PoolHarness.StartAsync(12, PoolHarness.Table(rpm: 15));
        var leases = harness.Keys.Select(_ => harness.Lease()).ToList();
        foreach (var lease in leases)
        {
            harness.Settle(lease, CallOutcomeKind.KeyRateLimited);
        }

        Assert.Equal(LeaseDenialReason.EgressLimited, harness.Acquire().Denial);
        var cooling = (await harness.Pool.ListAsync(default)).Count(status => status.State == KeyState.Cooling);
        Assert.Equal(EgressMonitor.RefusedKeysMin - 1, cooling);
    }
}
