using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>Why there is no key, and until when.</content>
public abstract partial class PoolConformance
{
    [Fact]
    public async Task Acquire_AllKeysOutOfUse_SaysNoKeys()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        foreach (var key in bench.Keys)
        {
            await bench.DisableAsync(key.Id);
        }

        Assert.Equal(LeaseDenialReason.NoKeys, (await bench.AcquireAsync(Samples.Request(5))).Denial);
        await bench.EnableAsync(bench.Keys[1].Id);
        Assert.Equal(bench.Keys[1], (await bench.LeaseAsync()).Key);
    }

    [Fact]
    public async Task Acquire_EveryKeyTried_SaysAllTried()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)));
        var request = Samples.Request(5) with { Excluded = [bench.Keys[0].Id, bench.Keys[1].Id, bench.Keys[1].Id, new KeyId("gone")] };
        Assert.Equal(LeaseDenialReason.AllTried, (await bench.AcquireAsync(request)).Denial);
        await bench.LeaseAsync(2); // They kept their place.
        Assert.Equal(LeaseDenialReason.AllTried, (await bench.AcquireAsync(request)).Denial);
    }

    [Fact]
    public async Task Acquire_OneKeyTried_TakesTheOtherAndTellsItsTime()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)));
        var request = Samples.Request() with { Excluded = [bench.Keys[0].Id] };
        Assert.Equal(bench.Keys[1], (await bench.LeaseAsync(request)).Key);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(bench.Keys[0], (await bench.LeaseAsync()).Key);
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        bench.AssertNear(Span - TimeSpan.FromSeconds(15), (await bench.AcquireAsync(request)).RetryAfter);
        bench.AssertNear(Span - TimeSpan.FromSeconds(5), (await bench.AcquireAsync(request with { Excluded = [bench.Keys[1].Id] })).RetryAfter);
    }

    [Fact]
    public async Task Acquire_NoKeyOffersTheModel_SaysSo()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        await bench.SettleAsync(await bench.LeaseAsync(), CallOutcomeKind.ModelNotAvailable);
        await bench.SettleAsync(await bench.LeaseAsync(), CallOutcomeKind.ModelNotAvailable);
        Assert.Equal(LeaseDenialReason.ModelNotAvailable, (await bench.AcquireAsync(Samples.Request(5))).Denial);
        Assert.True((await bench.AcquireAsync(Samples.Request() with { Model = "other" })).IsGranted);
    }

    [Fact]
    public async Task Acquire_AllDaysSpent_SaysDayExhaustedUntilMidnight()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        await bench.SettleAsync(await bench.LeaseAsync(), CallOutcomeKind.KeyDayExhausted);
        Assert.True((await bench.AcquireAsync()).IsGranted);
        var request = Samples.Request() with { Excluded = [bench.Keys[0].Id] };
        await bench.SettleAsync(await bench.LeaseAsync(request), CallOutcomeKind.KeyDayExhausted);

        var denied = await bench.AcquireAsync(Samples.Request(10));
        Assert.Equal(LeaseDenialReason.DayExhausted, denied.Denial);
        bench.AssertNear(bench.UntilMidnight, denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_OneDaySpentOneCooling_SaysRateLimited()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        await bench.SettleAsync(await bench.LeaseAsync(), CallOutcomeKind.KeyDayExhausted);
        await bench.SettleAsync(await bench.LeaseAsync(), new CallOutcome(CallOutcomeKind.KeyRateLimited) { RetryDelay = TimeSpan.FromSeconds(36) });
        var denied = await bench.AcquireAsync(Samples.Request(10));
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(TimeSpan.FromSeconds(36), denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_QueueFull_SaysSo()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)) { WaitersMax = 2 });
        await bench.LeaseAsync();
        await bench.BeginAsync(Samples.Request(100));
        await bench.BeginAsync(Samples.Request(100) with { Affinity = 1 });
        var denied = await bench.AcquireAsync(Samples.Request(100));
        Assert.Equal(LeaseDenialReason.QueueFull, denied.Denial);
        bench.AssertNear(Span, denied.RetryAfter);
        Assert.Equal(2, bench.WaiterCount);
    }

    [Fact]
    public async Task Acquire_Pinned_GoesToThatKeyOrNone()
    {
        await using var bench = await StartAsync(new PoolSetup(3, Samples.Table(rpm: 2)));
        var pinned = Samples.Request() with { Pinned = bench.Keys[2].Id };
        Assert.Equal([bench.Keys[2], bench.Keys[2]], [(await bench.LeaseAsync(pinned)).Key, (await bench.LeaseAsync(pinned)).Key]);
        var denied = await bench.AcquireAsync(pinned);
        Assert.Equal(LeaseDenialReason.RateLimited, denied.Denial);
        bench.AssertNear(Span, denied.RetryAfter);

        await bench.DisableAsync(bench.Keys[2].Id);
        Assert.Equal(LeaseDenialReason.PinnedKeyUnavailable, (await bench.AcquireAsync(pinned with { MaxWait = TimeSpan.FromHours(1) })).Denial);
        Assert.Equal(LeaseDenialReason.PinnedKeyUnavailable, (await bench.AcquireAsync(pinned with { Pinned = new KeyId("gone") })).Denial);
        Assert.Equal(LeaseDenialReason.AllTried, (await bench.AcquireAsync(pinned with { Pinned = bench.Keys[1].Id, Excluded = [bench.Keys[1].Id] })).Denial);
    }

    [Fact]
    public async Task Acquire_PinnedToAKeyWithoutTheModelOrTheDay_SaysSo()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        var toFirst = Samples.Request(10) with { Pinned = bench.Keys[0].Id };
        var toSecond = Samples.Request(10) with { Pinned = bench.Keys[1].Id };
        await bench.SettleAsync(await bench.LeaseAsync(toFirst), CallOutcomeKind.ModelNotAvailable);
        await bench.SettleAsync(await bench.LeaseAsync(toSecond), CallOutcomeKind.KeyDayExhausted);

        Assert.Equal(LeaseDenialReason.ModelNotAvailable, (await bench.AcquireAsync(toFirst)).Denial);
        var denied = await bench.AcquireAsync(toSecond);
        Assert.Equal(LeaseDenialReason.DayExhausted, denied.Denial);
        bench.AssertNear(bench.UntilMidnight, denied.RetryAfter);
    }

    [Fact]
    public async Task Acquire_PinnedWaits_ItsKeyIsNotGivenToOthersFirst()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        var plain = await bench.BeginAsync(Samples.Request(100));
        var pinned = await bench.BeginAsync(Samples.Request(100) with { Pinned = bench.Keys[0].Id });
        await bench.AdvanceAsync(TimeSpan.FromSeconds(61));
        Assert.True(pinned.IsCompleted);
        Assert.True((await pinned).IsGranted);
        Assert.False(plain.IsCompleted && (await plain).IsGranted);
    }

    [Fact]
    public async Task Acquire_KeyRemovedWhileCallsWait_AnswersThem()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        var plain = await bench.BeginAsync(Samples.Request(100));
        var pinned = await bench.BeginAsync(Samples.Request(100) with { Pinned = bench.Keys[0].Id });
        Assert.True(await bench.RemoveAsync(bench.Keys[0].Id));
        Assert.Equal((true, true), (plain.IsCompleted, pinned.IsCompleted));
        Assert.Equal((LeaseDenialReason.NoKeys, LeaseDenialReason.PinnedKeyUnavailable), ((await plain).Denial!.Value, (await pinned).Denial!.Value));
    }
}
