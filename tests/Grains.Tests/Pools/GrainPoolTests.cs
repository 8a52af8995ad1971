using GeminiBalance.KeyPool.Tests.Conformance;

namespace GeminiBalance.Grains.Tests.Pools;

/// <summary>Ledgers in grains of real silos.</summary>
public sealed class GrainPoolTests(LeapingCluster cluster) : PoolConformance, IClassFixture<LeapingCluster>
{
    private const int KeysPerTest = 1_000;
    private static int tests;

    protected override Task<PoolBench> StartAsync(PoolSetup setup)
    {
        // On a whole second, as all other benches: windows are rounded to parts of one.
        var now = cluster.Time.GetUtcNow();
        cluster.Time.AdvanceTo(new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, TimeSpan.Zero));
        return Task.FromResult<PoolBench>(new GrainPoolBench(setup with { FirstKey = KeysPerTest * ++tests }, cluster.Time, cluster.Grains));
    }
}
