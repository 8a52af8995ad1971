namespace GeminiBalance.KeyPool.Tests.Conformance;

public sealed class LocalPoolTests : PoolConformance
{
    protected override Task<PoolBench> StartAsync(PoolSetup setup) => LocalBench.StartAsync(setup);
}
