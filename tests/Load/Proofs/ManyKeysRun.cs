using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>100,000 keys in a cluster: adding, starting again, waking them all, memory, and leaving with all of them awake.</summary>
internal static class ManyKeysRun
{
    private const int Connections = 64;
    private const double AwakeShare = 0.99;
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WakeMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WakeStep = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var logs = scale.LogFolder is { } folder ? Path.Combine(folder, "many") : null;
        var plan = new ClusterPlan { Keys = 1, Upstream = FakeUpstream.Enforcing(10), RequestsPerMinute = 10, LogFolder = logs };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        var started = time.GetTimestamp();
        await cluster.AddKeysAsync(scale.Keys, cancellationToken);
        report.Note($"{scale.Keys:N0} keys: added and known to all gateways after {time.GetElapsedTime(started).TotalSeconds:F1} s");

        await Task.WhenAll(cluster.Gateways.Select(gateway => gateway.StopAsync()));
        await Task.WhenAll(cluster.Silos.Select(silo => silo.StopAsync()));
        started = time.GetTimestamp();
        await Task.WhenAll(cluster.Members.Select(member => member.StartAsync(cancellationToken)));
        await cluster.WaitForKeysAsync(scale.Keys, cancellationToken);
        var ready = time.GetElapsedTime(started);
        report.Add(ready <= ReadyMax, $"started again, every process ready and every key known after {ready.TotalSeconds:F1} s (at most {ReadyMax.TotalSeconds:F0})");
        report.Note($"resident MiB, keys at rest: {Describe(cluster)}");

        await WakeAsync(cluster, scale.Keys, report, time, cancellationToken);
        report.Note($"resident MiB, keys awake: {Describe(cluster)}");
        foreach (var silo in cluster.Silos)
        {
            started = time.GetTimestamp();
            await silo.StopAsync();
            report.Note($"{silo.Name} ended {time.GetElapsedTime(started).TotalSeconds:F1} s after SIGTERM");
        }
    }

    private static async Task WakeAsync(ClusterUnderTest cluster, int keys, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        long used;
        double rate = 0;
        do
        {
            var results = await Task.WhenAll(cluster.Gateways.Select(
                gateway => ClosedLoop.RunAsync(
                    time, Traffic.Conversations(number => Traffic.Gemini(gateway.Address, Servers.ClientToken, stream: false, conversation: number)), Connections, WakeStep, cancellationToken)));
            rate = results.Sum(result => result.RequestsPerSecond);
            used = await FakeUpstream.CountKeysUsedAsync(cluster.Upstream, cancellationToken);
        }
        while (used < keys * AwakeShare && time.GetElapsedTime(started) < WakeMax);
        report.Add(used >= keys * AwakeShare, $"{used:N0} of {keys:N0} keys had a call after {time.GetElapsedTime(started).TotalSeconds:F0} s under load, {rate:N0} requests/s at the end");
        await using var traffic = new ProofTraffic(cluster, time, cancellationToken);
        await traffic.JudgeAsync(report);
    }

    private static string Describe(ClusterUnderTest cluster) => string.Join(", ", cluster.Members.Select(member => $"{member.Name} {ProcessUsage.ResidentMebibytes(member.ProcessId):F0}"));
}
