using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Commands;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;
using GeminiBalance.Load.Reports;

namespace GeminiBalance.Load.Proofs;

/// <summary>What the cluster costs beside the stand-alone gateway, in one run, and what 100,000 keys cost in it.</summary>
internal sealed class CompareProof : ClusterProof
{
    private const double AddedMillisecondsMax = 0.15;
    private const int Keys = 100;

    /// <summary>So high that no window is ever full, so that windows are kept all the same.</summary>
    private const int RequestsPerMinute = 1_000_000;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5);
    private static readonly IReadOnlyList<int> Concurrencies = [1, 32];

    public override string Name => "cluster compare";

    public override string Summary => "the cluster beside the stand-alone gateway and the upstream alone: latency added, CPU, grain calls a second, memory, 100,000 keys";

    protected override int KeysDefault => 100_000;

    protected override int MinutesDefault => 4;

    protected override TimeSpan QuickDuration => TimeSpan.FromSeconds(50);

    protected override async Task ProveAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        await CompareAsync(scale, report, time, cancellationToken);
        if (!scale.IsQuick)
        {
            await ManyKeysRun.RunAsync(scale, report, time, cancellationToken);
        }
    }

    private static async Task CompareAsync(ProofScale scale, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Keys = Keys, RequestsPerMinute = RequestsPerMinute, Upstream = FakeUpstream.Unlimited, LogFolder = scale.LogFolder };
        await using var cluster = await ClusterUnderTest.StartAsync(plan, time, cancellationToken);
        await using var servers = new Servers();
        var standalone = await servers.StartGatewayAsync(
            cluster.Upstream, new Dictionary<string, string> { ["API_KEYS"] = FakeUpstream.KeysSetting(Keys), ["DEFAULT_RPM"] = $"{RequestsPerMinute}" });
        var targets = Targets(cluster, standalone);
        var comparison = new Comparison(time, targets, Concurrencies, Each);
        await comparison.WarmUpAsync(cancellationToken);
        var rounds = Math.Max(1, (int)(scale.Duration / (Each * targets.Count * Concurrencies.Count)));
        for (var round = 1; round <= rounds; round++)
        {
            await comparison.RunRoundAsync(round, cancellationToken);
        }

        Print(comparison, targets);
        var added = comparison.Added(targets[3], targets[1], concurrency: 1, sample => sample.P50Milliseconds);
        report.Add(added <= AddedMillisecondsMax, $"one connection, native: the cluster adds {added:F3} ms p50 to stand-alone (at most {AddedMillisecondsMax})");
        await MeasureAsksAsync(cluster, report, time, cancellationToken);
        report.Note($"resident MiB: stand-alone {ProcessUsage.ResidentMebibytes(standalone.Id):F0}; {string.Join(", ", cluster.Members.Select(member => $"{member.Name} {ProcessUsage.ResidentMebibytes(member.ProcessId):F0}"))}, database {ProcessUsage.ResidentMebibytes(cluster.Database.ProcessId):F0}");
    }

    private static IReadOnlyList<Target> Targets(ClusterUnderTest cluster, ChildProcess standalone)
    {
        int[] shape = [.. cluster.Members.Select(member => member.ProcessId), cluster.Database.ProcessId];
        var gateway = cluster.Gateways[0].Address;
        return
        [
            Native("upstream direct", cluster.Upstream.Address, FakeUpstream.Key(0), [cluster.Upstream.Id]),
            Native("stand-alone, native", standalone.Address, Servers.ClientToken, [standalone.Id]),
            Chat("stand-alone, OpenAI chat", standalone.Address, [standalone.Id]),
            Native("cluster, native", gateway, Servers.ClientToken, shape),
            Chat("cluster, OpenAI chat", gateway, shape),
        ];
    }

    private static Target Native(string name, Uri address, string key, IReadOnlyList<int> processes) =>
        new(name, processes, Traffic.Conversations(number => Traffic.Gemini(address, key, stream: false, conversation: number)), Traffic.Gemini(address, key, stream: true));

    private static Target Chat(string name, Uri address, IReadOnlyList<int> processes) =>
        new(name, processes, Traffic.Conversations(number => Traffic.Chat(address, stream: false, conversation: number)), Traffic.Chat(address, stream: true));

    private static void Print(Comparison comparison, IReadOnlyList<Target> targets)
    {
        var table = new MarkdownTable(
            "target", "p50 / p99 ms, 1 connection", "added to direct", "added to stand-alone", "32 connections", "added to stand-alone", "rps, 32 connections", "requests per CPU-s, all processes of the shape");
        for (var i = 0; i < targets.Count; i++)
        {
            var (target, standalone) = (targets[i], i < 3 ? null : targets[i - 2]);
            table.Add(
                target.Name, Latency(1), Added(targets[0], 1), standalone is null ? "–" : Added(standalone, 1), Latency(32), standalone is null ? "–" : Added(standalone, 32),
                $"{comparison.Of(target, 32, sample => sample.RequestsPerSecond):N0}", $"{1000 / comparison.Of(target, 32, sample => sample.CpuSecondsPerThousand):N0}");

            string Latency(int concurrency) =>
                $"{comparison.Of(target, concurrency, sample => sample.P50Milliseconds):F3} / {comparison.Of(target, concurrency, sample => sample.P99Milliseconds):F2}";
            string Added(Target to, int concurrency) =>
                $"{comparison.Added(target, to, concurrency, sample => sample.P50Milliseconds):F3} / {comparison.Added(target, to, concurrency, sample => sample.P99Milliseconds):F2}";
        }

        Console.WriteLine($"\n{table}\n");
    }

    private static async Task MeasureAsksAsync(ClusterUnderTest cluster, ProofReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        int[] silos = [.. cluster.Silos.Select(silo => silo.ProcessId)];
        var meter = await GrainCallMeter.StartAsync(cluster, cancellationToken);
        var cpu = ProcessUsage.CpuTime(silos);
        var results = await Task.WhenAll(cluster.Gateways.Select(
            gateway => ClosedLoop.RunAsync(
                time, Traffic.Conversations(number => Traffic.Gemini(gateway.Address, Servers.ClientToken, stream: false, conversation: number)), connections: 64, Each * 2, cancellationToken)));
        cpu = ProcessUsage.CpuTime(silos) - cpu;
        await meter.ReadAsync(cancellationToken);
        report.Note($"both gateways, 64 connections each: {results.Sum(result => result.RequestsPerSecond):N0} requests/s, {meter.Asks / (Each * 2).TotalSeconds:N0} asks/s; {meter.Asks / cpu.TotalSeconds:N0} asks and {meter.Grants / cpu.TotalSeconds:N0} grants per CPU-second of the silos");
    }
}
