using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>A gateway's pool; where the ledgers are held is up to who derives.</summary>
public abstract class ClusterBench : PoolBench
{
    private readonly ClusterKeyPool pool;
    private long version = 1;

    protected ClusterBench(PoolSetup setup, ManualTimeProvider time, IKeyLedgers ledgers)
        : base(setup, time)
    {
        var options = new ClusterKeyPoolOptions { WaitersMax = setup.WaitersMax, ModelsMax = setup.ModelsMax };
        pool = new ClusterKeyPool(ledgers, time, options, setup.Limits);
        pool.ApplyKeys([.. setup.NewRoster().Select(row => row with { Version = version })], []);
    }

    public override IKeyPool Pool => pool;

    public override int WaiterCount => pool.WaiterCount;

    public override async Task SetLimitsAsync(KeyLimitTable limits)
    {
        pool.Limits = limits;
        await IdleAsync();
    }

    public override async Task AddAsync(ApiKey key)
    {
        pool.ApplyKeys([new RosterKey(key, new KeyProfile()) { Version = ++version }], []);
        await IdleAsync();
    }

    public override async Task<bool> RemoveAsync(KeyId key)
    {
        var isKnown = pool.Find(key) is not null;
        pool.ApplyKeys([], [key]);
        await IdleAsync();
        return isKnown;
    }

    public override async Task ChangeProfileAsync(KeyId key, KeyProfile profile)
    {
        pool.ApplyKeys([pool.Find(key)! with { Profile = profile, Version = ++version }], []);
        await MoveLedgerAsync(key, new LedgerMove(ProjectId.Of(profile), version)); // As whoever changes a profile does.
        await IdleAsync();
    }

    public override async Task DisableAsync(KeyId key)
    {
        await DisableLedgerAsync(key);
        pool.Reconsider(key);
        await IdleAsync();
    }

    public override async Task EnableAsync(KeyId key)
    {
        await EnableLedgerAsync(key);
        pool.Reconsider(key);
        await IdleAsync();
    }

    public override async Task<KeyLease?> LeaseForProbeAsync(KeyId key)
    {
        var pending = pool.LeaseForProbeAsync(key, Samples.Model, default).AsTask();
        await IdleAsync();
        return await pending;
    }

    public override async Task<(int Failures, bool IsCooling)> ReadAsync(KeyId key)
    {
        var ledger = await ReadLedgerAsync(key);
        return (ledger.Failures, ledger.Models?.Any(model => model.CoolUntil > Now) ?? false);
    }

    public override Task StopAsync() => pool.StopAsync(default);

    protected abstract Task DisableLedgerAsync(KeyId key);

    protected abstract Task EnableLedgerAsync(KeyId key);

    protected abstract Task MoveLedgerAsync(KeyId key, LedgerMove move);

    protected abstract Task<KeyLedgerSnapshot> ReadLedgerAsync(KeyId key);

    protected Task WhenIdleAsync() => pool.WhenIdleAsync();
}
