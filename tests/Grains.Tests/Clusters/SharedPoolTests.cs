using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Tests.Clusters;

public sealed class SharedPoolTests
{
    private const int Rpm = 5;
    private static readonly KeyLimitTable Limits = KeyLimitTable.Unlimited with { Default = new KeyLimits(Rpm, 0, 0) };

    // A grant whose answer comes late, as on a busy machine, is given back: whoever waits a little gets it then.
    private static readonly LeaseRequest Call = new() { Model = "gemini-2.5-flash", MaxWait = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task Acquire_TwoGatewaysOverTwoSilos_ShareEveryToken()
    {
        await using var cluster = await GrainCluster.StartAsync(2);
        RosterKey[] keys = [.. Enumerable.Range(0, 20).Select(number => new RosterKey(new ApiKey($"AIzaSyTest-{number:D28}"), new KeyProfile()))];
        await Task.WhenAll(keys.Select(key => cluster.Key(key.Key.Id).AskAsync(KeyLimits.Unlimited, calls: 0))); // What runs for the first time is slow.
        await using var one = NewPool(cluster, "one", keys);
        await using var other = NewPool(cluster, "other", keys);

        var results = await Task.WhenAll(Enumerable.Range(0, 150).Select(n => (n % 2 == 0 ? one : other).AcquireAsync(Call, CancellationToken.None).AsTask()));
        Assert.Equal(keys.Length * Rpm, results.Count(result => result.IsGranted));
        Assert.All(results.Where(result => result.IsGranted).CountBy(result => result.Lease!.Key.Id), count => Assert.Equal(Rpm, count.Value));

        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[1]);
        Assert.False((await one.AcquireAsync(Call, CancellationToken.None)).IsGranted);
        await using var late = NewPool(cluster, "late", keys);
        var afterwards = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => late.AcquireAsync(Call, CancellationToken.None).AsTask()));
        Assert.All(afterwards, result => Assert.Equal(LeaseDenialReason.RateLimited, result.Denial));
    }

    private static ClusterKeyPool NewPool(GrainCluster cluster, string name, RosterKey[] keys)
    {
        var pool = new ClusterKeyPool(new GrainKeyLedgers(cluster.Client), TimeProvider.System, limits: Limits);
        pool.SetGateways(name, ["one", "other"]);
        pool.ApplyKeys(keys, []);
        return pool;
    }
}
