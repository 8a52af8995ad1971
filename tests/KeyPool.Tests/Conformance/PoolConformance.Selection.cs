using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <content>Which key a call gets, and whose turn it is.</content>
public abstract partial class PoolConformance
{
    [Fact]
    public async Task Acquire_TwoKeys_TakesTurns()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        Assert.Equal([50, 50], (await bench.LeaseAsync(100)).CountBy(lease => lease.Key.Id).Select(pair => pair.Value));
    }

    [Fact]
    public async Task Acquire_Weights_ShareCallsInProportion()
    {
        await using var bench = await StartAsync(new PoolSetup(3) { Weights = [1, 2, 5] });
        var used = (await bench.LeaseAsync(800)).CountBy(lease => lease.Key.Id).ToDictionary();
        Assert.Equal([100, 200, 500], bench.Keys.Select(key => used[key.Id]));
    }

    [Fact]
    public async Task Acquire_KeyComesBack_GetsNoCreditForItsAbsence()
    {
        await using var bench = await StartAsync(new PoolSetup(2));
        await bench.DisableAsync(bench.Keys[0].Id);
        await bench.LeaseAsync(100);
        await bench.EnableAsync(bench.Keys[0].Id);
        Assert.InRange((await bench.LeaseAsync(20)).Count(lease => lease.Key.Equals(bench.Keys[0])), 10, 11);
    }

    [Fact]
    public async Task Acquire_Affinity_StaysWithItsKeyWhileItHasHeadroom()
    {
        await using var bench = await StartAsync(new PoolSetup(10, Samples.Table(rpm: 3)));
        var keys = new List<KeyId>();
        for (var i = 0; i < 9; i++)
        {
            keys.Add((await bench.LeaseAsync(Samples.Request() with { Affinity = 42 })).Key.Id);
        }

        Assert.Equal([3, 3, 3], keys.CountBy(id => id).Select(pair => pair.Value));
        Assert.Equal(keys.Order(), keys.GroupBy(id => id).OrderBy(group => group.Key).SelectMany(group => group));

        var request = Samples.Request() with { Affinity = 7 };
        var first = (await bench.LeaseAsync(request)).Key;
        Assert.NotEqual(first, (await bench.LeaseAsync(request with { Excluded = [first.Id] })).Key);
    }

    [Fact]
    public async Task Acquire_AffinityOfNoUse_TakesAnyKeyAndRemembersIt()
    {
        await using var bench = await StartAsync(new PoolSetup(3, Samples.Table(rpm: 9)));
        var request = Samples.Request() with { Affinity = 7, PrefersKnownKey = false };
        var keys = new List<KeyId>();
        for (var i = 0; i < 3; i++)
        {
            keys.Add((await bench.LeaseAsync(request)).Key.Id);
        }

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[2], (await bench.LeaseAsync(request with { PrefersKnownKey = true })).Key.Id);
    }

    [Fact]
    public async Task Acquire_LargeCall_FindsTheKeyWithRoom()
    {
        await using var bench = await StartAsync(new PoolSetup(20, Samples.Table(tpm: 1000)));
        var used = new List<ApiKey>();
        for (var i = 0; i < 19; i++)
        {
            used.Add((await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 500 })).Key);
        }

        Assert.Equal(bench.Keys.Except(used).Single(), (await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 900 })).Key);
        bench.AssertNear(Span, (await bench.AcquireAsync(Samples.Request() with { EstimatedTokens = 900 })).RetryAfter);
        Assert.True((await bench.AcquireAsync(Samples.Request() with { EstimatedTokens = 100 })).IsGranted);
    }

    [Fact]
    public async Task Acquire_LargeCallThatNoKeyHasRoomFor_GetsItsTokensWhenTheyAreThere()
    {
        await using var bench = await StartAsync(new PoolSetup(40, Samples.Table(tpm: 1000)));
        for (var i = 0; i < 40; i++)
        {
            await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 500 });
        }

        await bench.AdvanceAsync(TimeSpan.FromSeconds(20));
        var large = await bench.BeginAsync(Samples.Request(100) with { EstimatedTokens = 900 });
        Assert.Equal(1, bench.WaiterCount);
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(20) + bench.Slack);
        Assert.True(large.IsCompleted);
        Assert.True((await large).IsGranted);
    }

    [Fact]
    public async Task Acquire_SmallCallsBehindALargeOne_AreNotHeldUp()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(tpm: 1000)));
        await bench.LeaseAsync(Samples.Request() with { EstimatedTokens = 1000 });
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        var first = await bench.BeginAsync(Samples.Request(100) with { EstimatedTokens = 600 });
        var large = await bench.BeginAsync(Samples.Request(100) with { EstimatedTokens = 900 });
        var small = await bench.BeginAsync(Samples.Request(100) with { EstimatedTokens = 300 });
        await bench.AdvanceAsync(Span - TimeSpan.FromSeconds(30) + bench.Slack);
        Assert.Equal((true, false, true), (first.IsCompleted, large.IsCompleted, small.IsCompleted));
        await bench.AdvanceAsync(Span + Quantum + bench.Slack);
        Assert.True(large.IsCompleted);
        Assert.True((await large).IsGranted);
    }

    [Fact]
    public async Task Acquire_WaitingClients_AreServedInTurn()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 4)));
        await bench.LeaseAsync(4);
        var greedy = new List<Task<LeaseResult>>();
        var modest = new List<Task<LeaseResult>>();
        for (var i = 0; i < 8; i++)
        {
            (i < 6 ? greedy : modest).Add(await bench.BeginAsync(Samples.Request(100, i < 6 ? "greedy" : "modest")));
        }

        await bench.AdvanceAsync(TimeSpan.FromSeconds(61));
        Assert.Equal([true, true, false, false, false, false], greedy.Select(task => task.IsCompleted && task.Result.IsGranted));
        Assert.Equal([true, true], modest.Select(task => task.IsCompleted && task.Result.IsGranted));
    }

    [Fact]
    public async Task Acquire_RetryThatExcludesTheFreeKey_DoesNotHoldUpOthers()
    {
        await using var bench = await StartAsync(new PoolSetup(2, Samples.Table(rpm: 1)));
        await bench.LeaseAsync(Samples.Request() with { Pinned = bench.Keys[0].Id });
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        await bench.LeaseAsync(Samples.Request() with { Pinned = bench.Keys[1].Id });
        var retry = await bench.BeginAsync(Samples.Request(100) with { Excluded = [bench.Keys[0].Id] });
        var plain = await bench.BeginAsync(Samples.Request(100));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal((false, true), (retry.IsCompleted, plain.IsCompleted));
        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.True(retry.IsCompleted);
        Assert.Equal(bench.Keys[1], (await retry).Lease!.Key);
    }

    [Fact]
    public async Task Acquire_AnyModelNames_KeepsABoundedNumberOfQueues()
    {
        await using var bench = await StartAsync(new PoolSetup(2) { ModelsMax = 3 });
        for (var i = 0; i < 100; i++)
        {
            Assert.True((await bench.AcquireAsync(Samples.Request() with { Model = "m" + i })).IsGranted);
        }
    }

    [Fact]
    public async Task Acquire_ManyInventedNames_OthersAreServedAfterAMinute()
    {
        await using var bench = await StartAsync(new PoolSetup(1));
        for (var i = 0; i < KeyLedgerOptions.Default.ModelsMax; i++)
        {
            var lease = await bench.LeaseAsync(Samples.Request() with { Model = "made-up" + i });
            await bench.SettleAsync(lease, CallOutcomeKind.RequestRejected);
        }

        await bench.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.True((await bench.AcquireAsync()).IsGranted);
    }

    [Fact]
    public async Task Acquire_InventedNames_DoNotPushOutTheQueueOfAModelThatServes()
    {
        await using var bench = await StartAsync(new PoolSetup(2) { ModelsMax = 3 });
        var first = await bench.LeaseAsync();
        await bench.SettleAsync(first, CallOutcomeKind.Succeeded);
        for (var i = 0; i < 10; i++)
        {
            await bench.LeaseAsync(Samples.Request() with { Model = "made-up" + i });
        }

        Assert.NotEqual(first.Key, (await bench.LeaseAsync()).Key);
    }

    [Fact]
    public async Task Limits_Changed_TakeEffectAtOnce()
    {
        await using var bench = await StartAsync(new PoolSetup(1, Samples.Table(rpm: 1)));
        await bench.LeaseAsync();
        var waiting = await bench.BeginAsync(Samples.Request(100));
        await bench.SetLimitsAsync(Samples.Table(rpm: 3));
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsGranted);
        Assert.True((await bench.AcquireAsync()).IsGranted);
        Assert.False((await bench.AcquireAsync()).IsGranted);
    }
}
