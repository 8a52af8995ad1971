using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>With <c>GRANT_WITHOUT_DATABASE=false</c>: no key is given out while nobody can reach the database, clients are told so in their protocol, and it ends by itself.</summary>
internal static class StrictDatabaseRun
{
    private const int Keys = 100;
    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BackMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var logs = scale.LogFolder is { } folder ? Path.Combine(folder, "strict") : null;
        var plan = new ClusterPlan { Keys = Keys, Upstream = FakeUpstream.Enforcing(5), LogFolder = logs, IsStrict = true };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        var gateway = cluster.Gateways[0].Address;
        var before = await CallBothAsync(gateway, cancellationToken);
        report.Add(before.All(call => call.Status == 200), $"strict: served while the database is there ({Describe(before)})");

        cluster.Database.Freeze();
        await Task.Delay(FrozenFor, time, cancellationToken);
        var without = await CallBothAsync(gateway, cancellationToken);
        report.Add(
            without.All(call => call is { Status: 503, ErrorStatus: not null }), $"strict: {FrozenFor.TotalSeconds:F0} s after the database froze, a 503 in the client's protocol ({Describe(without)})");

        cluster.Database.Thaw();
        var from = cluster.Now;
        SampleCall[] after;
        while (!(after = await CallBothAsync(gateway, cancellationToken)).All(call => call.Status == 200) && cluster.Now - from < BackMax)
        {
            await Task.Delay(Interval, time, cancellationToken);
        }

        report.Add(after.All(call => call.Status == 200), $"strict: served again {(cluster.Now - from).TotalSeconds:F1} s after the database went on ({Describe(after)})");
    }

    private static async Task<SampleCall[]> CallBothAsync(Uri gateway, CancellationToken cancellationToken) =>
        [await SampleCall.ChatAsync(gateway, cancellationToken), await SampleCall.GeminiAsync(gateway, cancellationToken)];

    private static string Describe(SampleCall[] calls) => $"chat {calls[0].Status} {calls[0].ErrorStatus}, native {calls[1].Status} {calls[1].ErrorStatus}";
}
