namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>Ledgers that answer before the ask returns.</summary>
public sealed class InPlaceClusterPoolTests : PoolConformance
{
    protected override Task<PoolBench> StartAsync(PoolSetup setup) => InMemoryClusterBench.StartAsync(setup, TimeSpan.Zero);
}
