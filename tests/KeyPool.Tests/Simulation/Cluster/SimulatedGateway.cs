namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>A gateway with a clock of its own, and the calls that wait in it.</summary>
internal sealed class SimulatedGateway(string name, ClusterKeyPool pool, SimulatedNetwork network, TimeProvider clock)
{
    public string Name { get; } = name;

    public ClusterKeyPool Pool { get; } = pool;

    public SimulatedNetwork Network { get; } = network;

    public TimeProvider Clock { get; } = clock;

    public List<(Task<LeaseResult> Task, DateTimeOffset Latest, CancellationTokenSource Source)> Waiting { get; } = [];

    /// <summary>Calls whose body took so long that the upstream counts them later than their ledger thinks, until that is settled.</summary>
    public int LateCalls { get; set; }
}
