namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

public sealed class ClusterSimulationTests
{
    [Fact]
    public void Cluster_AnyCourseOfFailures_NeverOverAndNoCallIsLost()
    {
        var (sent, spares, moves) = (0, 0L, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var run = new ClusterRun(seed);
            run.Run(steps: 400);
            run.Recover();
            sent += run.Sent;
            spares += run.SpareGrants;
            moves += run.Moves;
        }

        Assert.InRange(sent, 5_000, 80_000); // The runs are not idle.
        Assert.InRange(spares, 100, 80_000);
        Assert.InRange(moves, 500, 80_000);
    }
}
