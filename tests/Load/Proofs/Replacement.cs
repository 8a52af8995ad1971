using GeminiBalance.Load.Cluster;

namespace GeminiBalance.Load.Proofs;

/// <summary>What a rolling restart does to each process.</summary>
internal static class Replacement
{
    /// <summary>SIGTERM, its end, and the next one ready in its place.</summary>
    public static async Task ReplaceAsync(this ClusterMember member, ClusterUnderTest cluster, ProofReport report, CancellationToken cancellationToken)
    {
        var from = cluster.Now;
        await member.StopAsync();
        var stopped = cluster.Now;
        await member.StartAsync(cancellationToken);
        report.Note($"{from.TotalSeconds,6:F1} s: {member.Name} ended after {(stopped - from).TotalSeconds:F1} s, ready again {(cluster.Now - stopped).TotalSeconds:F1} s later");
    }
}
