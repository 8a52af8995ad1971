namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

public sealed class ClusterSimulationTests
{
    [Fact]
    public void Cluster_AnyCourseOfFailures_NeverOverAndNoCallIsLost()
    {
        var (sent, spares) = (0, 0L);
        for (var seed = 0; seed < 200; seed++)
        {
            var run = new ClusterRun(seed);
            run.Run(steps: 400);
            run.Recover();
            sent += run.Sent;
            spares += run.SpareGrants;
        }

        Assert.InRange(sent, 5_000, 80_000); // The runs are not idle.
        Assert.InRange(spares, 100, 80_000);
    }
}
