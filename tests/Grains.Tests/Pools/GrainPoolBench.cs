using GeminiBalance.KeyPool;
using GeminiBalance.KeyPool.Tests.Conformance;
using GeminiBalance.TestKit;

namespace GeminiBalance.Grains.Tests.Pools;

/// <summary>A gateway's pool over grains. The clock of pool and ledgers stands still while messages travel.</summary>
internal sealed class GrainPoolBench(PoolSetup setup, ManualTimeProvider time, IGrainFactory grains) : ClusterBench(setup, time, new GrainKeyLedgers(grains))
{
    protected override TimeSpan DayGuard => TimeSpan.FromSeconds(10);

    protected override Task DisableLedgerAsync(KeyId key) => GrainOf(key).DisableAsync("by hand").AsTask();

    protected override Task EnableLedgerAsync(KeyId key) => GrainOf(key).EnableAsync().AsTask();

    protected override Task MoveLedgerAsync(KeyId key, LedgerMove move) => GrainOf(key).MoveAsync(move.Project?.Value, move.Version).AsTask();

    protected override async Task<KeyLedgerSnapshot> ReadLedgerAsync(KeyId key) => KeyLedgerSnapshot.FromJson(await GrainOf(key).ReadAsync());

    protected override Task QuietAsync() => WhenIdleAsync();

    private IApiKeyGrain GrainOf(KeyId key) => grains.GetGrain<IApiKeyGrain>(key.Value);
}
