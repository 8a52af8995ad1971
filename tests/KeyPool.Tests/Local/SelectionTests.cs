using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class SelectionTests
{
    [Fact]
    public async Task Acquire_Weights_ShareCallsInProportion()
    {
        var store = new InMemoryLedgerStore();
        double[] weights = [1, 2, 5];
        for (var i = 0; i < weights.Length; i++)
        {
            store.With(PoolHarness.NewKey(i), new KeyProfile { Weight = weights[i] });
        }

        var harness = await PoolHarness.StartAsync(3, store: store);
        var used = Enumerable.Range(0, 800).Select(_ => harness.Lease().Key.Id).CountBy(id => id).ToDictionary();
        Assert.Equal([100, 200, 500], harness.Keys.Select(key => used[key.Id]));
    }

    [Fact]
    public async Task Acquire_KeyComesBack_GetsNoCreditForItsAbsence()
    {
        var harness = await PoolHarness.StartAsync(2);
        await harness.Pool.DisableAsync(harness.Keys[0].Id, "", default);
        for (var i = 0; i < 100; i++)
        {
            harness.Lease();
        }

        await harness.Pool.EnableAsync(harness.Keys[0].Id, default);
        var used = Enumerable.Range(0, 20).Count(_ => harness.Lease().Key.Equals(harness.Keys[0]));
        Assert.InRange(used, 10, 11);
    }

    [Fact]
    public async Task Acquire_Affinity_StaysWithItsKeyWhileItHasHeadroom()
    {
        var harness = await PoolHarness.StartAsync(10, PoolHarness.Table(rpm: 3));
        var request = PoolHarness.Request() with { Affinity = 42 };
        var keys = Enumerable.Range(0, 9).Select(_ => harness.Lease(request).Key.Id).ToList();
        Assert.Equal([3, 3, 3], keys.CountBy(id => id).Select(pair => pair.Value));
        Assert.Equal(keys.Order(), keys.GroupBy(id => id).OrderBy(group => group.Key).SelectMany(group => group));

        var excluded = request with { Affinity = 7 };
        var first = harness.Lease(excluded).Key;
        Assert.NotEqual(first, harness.Lease(excluded with { Excluded = [first.Id] }).Key);
    }

    [Fact]
    public async Task Acquire_LargeCall_FindsTheKeyWithRoom()
    {
        var harness = await PoolHarness.StartAsync(20, PoolHarness.Table(tpm: 1000));
        var used = Enumerable.Range(0, 19).Select(_ => harness.Lease(PoolHarness.Request() with { EstimatedTokens = 500 }).Key).ToList();
        Assert.Equal(harness.Keys.Except(used).Single(), harness.Lease(PoolHarness.Request() with { EstimatedTokens = 900 }).Key);
        var denied = harness.Acquire(PoolHarness.Request() with { EstimatedTokens = 900 });
        Assert.Equal(TimeSpan.FromSeconds(60.25) + TimeSpan.FromTicks(1), denied.RetryAfter);
        Assert.True(harness.Acquire(PoolHarness.Request() with { EstimatedTokens = 100 }).IsGranted);
    }

    [Fact]
    public async Task Acquire_WaitingClients_AreServedInTurn()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 4));
        for (var i = 0; i < 4; i++)
        {
            harness.Lease();
        }

        var greedy = Enumerable.Range(0, 6).Select(_ => harness.AcquireAsync(PoolHarness.Request(100, "greedy")).AsTask()).ToList();
        var modest = Enumerable.Range(0, 2).Select(_ => harness.AcquireAsync(PoolHarness.Request(100, "modest")).AsTask()).ToList();
        harness.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(2, greedy.Count(task => task.IsCompleted && task.Result.IsGranted));
        Assert.True(greedy[0].IsCompleted && greedy[1].IsCompleted);
        Assert.All(modest, task => Assert.True(task.IsCompleted));
    }

    [Fact]
    public async Task Acquire_RetryThatExcludesTheFreeKey_DoesNotHoldUpOthers()
    {
        var harness = await PoolHarness.StartAsync(2, PoolHarness.Table(rpm: 1));
        harness.Lease(PoolHarness.Request() with { Pinned = harness.Keys[0].Id });
        harness.Time.Advance(TimeSpan.FromSeconds(30));
        harness.Lease(PoolHarness.Request() with { Pinned = harness.Keys[1].Id });
        var retry = harness.AcquireAsync(PoolHarness.Request(100) with { Excluded = [harness.Keys[0].Id] }).AsTask();
        var plain = harness.AcquireAsync(PoolHarness.Request(100)).AsTask();
        harness.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((false, true), (retry.IsCompleted, plain.IsCompleted));
        harness.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(harness.Keys[1], (await retry).Lease!.Key);
    }

    [Fact]
    public async Task Limits_Changed_TakeEffectAtOnce()
    {
        var harness = await PoolHarness.StartAsync(1, PoolHarness.Table(rpm: 1));
        harness.Lease();
        var waiting = harness.AcquireAsync(PoolHarness.Request(100)).AsTask();
        harness.Pool.Limits = PoolHarness.Table(rpm: 3);
        Assert.True((await waiting).IsGranted);
        Assert.True(harness.Acquire().IsGranted);
        Assert.False(harness.Acquire().IsGranted);
    }

    [Fact]
    public async Task Acquire_AnyModelNames_KeepsABoundedNumberOfQueues()
    {
        var harness = await PoolHarness.StartAsync(2, options: new LocalKeyPoolOptions { ModelsMax = 3, Ledger = new KeyLedgerOptions { ModelsMax = 1000 } });
        for (var i = 0; i < 100; i++)
        {
            Assert.True(harness.Acquire(PoolHarness.Request() with { Model = "m" + i }).IsGranted);
        }
    }
}
