using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

/// <summary>A pool on a manual clock and a store in memory. Both complete in place, so nothing runs beside the test.</summary>
internal sealed class PoolHarness
{
    private PoolHarness(LocalKeyPool pool, InMemoryLedgerStore store, ManualTimeProvider time, IReadOnlyList<ApiKey> keys) =>
        (Pool, Store, Time, Keys) = (pool, store, time, keys);

    public LocalKeyPool Pool { get; }

    public InMemoryLedgerStore Store { get; }

    public ManualTimeProvider Time { get; }

    public IReadOnlyList<ApiKey> Keys { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public static async Task<PoolHarness> StartAsync(
        int keys,
        KeyLimitTable? limits = null,
        LocalKeyPoolOptions? options = null,
        InMemoryLedgerStore? store = null,
        ManualTimeProvider? time = null)
    {
        var list = Samples.NewKeys(keys);
        store ??= new InMemoryLedgerStore().With(list);
        time ??= new ManualTimeProvider();
        var pool = new LocalKeyPool(store, time, options, limits);
        await pool.StartAsync(CancellationToken.None);
        return new PoolHarness(pool, store, time, list);
    }

    public ValueTask<LeaseResult> AcquireAsync(LeaseRequest? request = null, CancellationToken cancellationToken = default) =>
        Pool.AcquireAsync(request ?? Samples.Request(), cancellationToken);

    /// <summary>Acquires with no wait.</summary>
    public LeaseResult Acquire(LeaseRequest? request = null)
    {
        var pending = Pool.AcquireAsync(request ?? Samples.Request(), CancellationToken.None).AsTask();
        Assert.True(pending.IsCompletedSuccessfully, "The answer was not given at once.");
        return pending.Result;
    }

    public KeyLease Lease(LeaseRequest? request = null)
    {
        var result = Acquire(request);
        Assert.True(result.IsGranted, $"Denied: {result.Denial}");
        return result.Lease;
    }

    public void Settle(KeyLease lease, CallOutcomeKind kind) => Pool.Settle(lease, new CallOutcome(kind));
}
