namespace GeminiBalance.KeyPool.Tests.Simulation;

public sealed class PoolSimulationTests
{
    [Fact]
    public async Task Pool_AnyCourseWithKillsAndFailures_NeverOver()
    {
        var granted = 0;
        for (var seed = 0; seed < 250; seed++)
        {
            var run = new PoolRun(seed);
            await run.RunAsync(steps: 300);
            granted += run.Granted;
        }

        Assert.InRange(granted, 5_000, 75_000);
    }
}
