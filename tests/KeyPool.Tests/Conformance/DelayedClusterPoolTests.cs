namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>Ledgers whose answers take a millisecond.</summary>
public sealed class DelayedClusterPoolTests : PoolConformance
{
    protected override Task<PoolBench> StartAsync(PoolSetup setup) => InMemoryClusterBench.StartAsync(setup, TimeSpan.FromMilliseconds(1));
}
