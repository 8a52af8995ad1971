using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>Several gateways' pools over the same ledgers, on one manual clock. Without a delay everything completes in place.</summary>
internal sealed class ClusterHarness
{
    public ClusterHarness(int keys, KeyLimitTable? limits = null, int gateways = 1, ClusterKeyPoolOptions? options = null, ManualTimeProvider? time = null)
    {
        Time = time ?? new ManualTimeProvider();
        Ledgers = new InMemoryLedgers(Time);
        Keys = Samples.NewKeys(keys);
        var names = Enumerable.Range(0, gateways).Select(number => "gateway-" + (char)('a' + number)).ToList();
        Pools = [.. names.Select(_ => new ClusterKeyPool(Ledgers, Time, options, limits))];
        for (var i = 0; i < gateways; i++)
        {
            Pools[i].SetGateways(names[i], names);
            Pools[i].ApplyKeys([.. Keys.Select(key => new RosterKey(key, new KeyProfile()))], []);
        }
    }

    public InMemoryLedgers Ledgers { get; }

    public ManualTimeProvider Time { get; }

    public IReadOnlyList<ApiKey> Keys { get; }

    public IReadOnlyList<ClusterKeyPool> Pools { get; }

    public ClusterKeyPool Pool => Pools[0];

    public Task<LeaseResult> AcquireAsync(LeaseRequest? request = null, CancellationToken cancellationToken = default) =>
        Pool.AcquireAsync(request ?? Samples.Request(), cancellationToken).AsTask();

    /// <summary>Acquires with an answer at once.</summary>
    public LeaseResult Acquire(LeaseRequest? request = null)
    {
        var pending = AcquireAsync(request);
        Assert.True(pending.IsCompletedSuccessfully, "The answer was not given at once.");
        return pending.Result;
    }

    public KeyLease Lease(LeaseRequest? request = null)
    {
        var result = Acquire(request);
        Assert.True(result.IsGranted, $"Denied: {result.Denial}");
        return result.Lease;
    }
}
