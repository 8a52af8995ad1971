using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>The pool of one process; its store is in memory and completes in place.</summary>
internal sealed class LocalBench(PoolSetup setup, ManualTimeProvider time, LocalKeyPool pool) : PoolBench(setup, time)
{
    public override IKeyPool Pool => pool;

    public override int WaiterCount => pool.WaiterCount;

    public static async Task<PoolBench> StartAsync(PoolSetup setup)
    {
        var time = new ManualTimeProvider();
        var store = new InMemoryLedgerStore();
        foreach (var key in setup.NewRoster())
        {
            store.With(key.Key, key.Profile);
        }

        var options = new LocalKeyPoolOptions { WaitersMax = setup.WaitersMax, ModelsMax = setup.ModelsMax };
        var pool = new LocalKeyPool(store, time, options, setup.Limits);
        await pool.StartAsync(default);
        return new LocalBench(setup, time, pool);
    }

    public override Task SetLimitsAsync(KeyLimitTable limits)
    {
        pool.Limits = limits;
        return Task.CompletedTask;
    }

    public override async Task AddAsync(ApiKey key) => await pool.AddAsync([key], default);

    public override async Task<bool> RemoveAsync(KeyId key) => await pool.RemoveAsync(key, default);

    public override async Task ChangeProfileAsync(KeyId key, KeyProfile profile) => Assert.True(await pool.ChangeProfileAsync(
        key,
        new KeyProfileChange { Weight = profile.Weight, Kind = profile.Kind, Tags = profile.Tags, IsReserved = profile.IsReserved, Project = profile.Project },
        default));

    public override async Task DisableAsync(KeyId key) => Assert.True(await pool.DisableAsync(key, "by hand", default));

    public override async Task EnableAsync(KeyId key) => Assert.True(await pool.EnableAsync(key, default));

    public override async Task<KeyLease?> LeaseForProbeAsync(KeyId key) => await pool.LeaseForProbeAsync(key, Samples.Model, default);

    public override async Task<(int Failures, bool IsCooling)> ReadAsync(KeyId key)
    {
        var status = await pool.FindAsync(key, default);
        return (status!.Failures, status.State == KeyState.Cooling);
    }

    public override Task StopAsync() => pool.StopAsync(default);
}
