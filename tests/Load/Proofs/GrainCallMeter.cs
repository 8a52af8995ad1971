using GeminiBalance.Load.Cluster;

namespace GeminiBalance.Load.Proofs;

/// <summary>How many grain calls the gateways make for each call they send, over a stretch of a run.</summary>
internal sealed class GrainCallMeter
{
    private readonly ClusterUnderTest cluster;
    private GatewayCounters before;
    private GatewayCounters used;

    private GrainCallMeter(ClusterUnderTest cluster) => this.cluster = cluster;

    /// <summary>Questions to keys over the stretch.</summary>
    public long Asks => used.Asks;

    /// <summary>Tokens granted over the stretch.</summary>
    public long Grants => used.Grants;

    public static async Task<GrainCallMeter> StartAsync(ClusterUnderTest cluster, CancellationToken cancellationToken) =>
        new(cluster) { before = await SumAsync(cluster, cancellationToken) };

    /// <summary>Ends the stretch.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken) => used = await SumAsync(cluster, cancellationToken) - before;

    public void Judge(ProofReport report, string when, double max)
    {
        var each = (double)used.GrainCalls / Math.Max(1, used.Grants);
        report.Add(each <= max && used.Grants > 0, $"{when}: {each:F3} grain calls for each of {used.Grants} grants ({used.Asks} asks, {used.GrainCalls} calls of all kinds; at most {max})");
    }

    private static async Task<GatewayCounters> SumAsync(ClusterUnderTest cluster, CancellationToken cancellationToken)
    {
        var sum = default(GatewayCounters);
        foreach (var gateway in cluster.Gateways)
        {
            using var admin = new AdminClient(gateway.Address);
            sum += await admin.ReadCountersAsync(cancellationToken);
        }

        return sum;
    }
}
