using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Processes;
using GeminiBalance.Load.Reports;

namespace GeminiBalance.Load.Commands;

/// <summary>What the gateway costs, beside the upstream alone and a bare forwarder, in one run.</summary>
internal sealed class CompareCommand : ILoadCommand
{
    private static readonly IReadOnlyList<int> Concurrencies = [1, 32, 256];

    public string Name => "compare";

    public string Summary => "upstream direct, bare YARP and the gateway's faces side by side: latency added, requests/s, CPU, first chunk";

    public IReadOnlyCollection<string> Options => ["seconds", "rounds"];

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var each = TimeSpan.FromSeconds(arguments.Number("seconds", otherwise: 5));
        var rounds = arguments.Number("rounds", otherwise: 3);
        await using var servers = new Servers();
        var targets = await StartAsync(servers, cancellationToken);
        var comparison = new Comparison(time, targets, Concurrencies, each);
        await comparison.WarmUpAsync(cancellationToken);
        for (var round = 1; round <= rounds; round++)
        {
            await Console.Error.WriteLineAsync($"round {round} of {rounds}");
            await comparison.RunRoundAsync(round, cancellationToken);
            await comparison.RunStreamsAsync(round, cancellationToken);
        }

        Print(comparison, targets);
        return 0;
    }

    private static async Task<IReadOnlyList<Target>> StartAsync(Servers servers, CancellationToken cancellationToken)
    {
        var upstream = await servers.StartUpstreamAsync(FakeUpstream.Unlimited);
        var forwarder = await servers.StartBareForwarderAsync(upstream, cancellationToken);
        var gateway = await servers.StartGatewayAsync(upstream, new Dictionary<string, string> { ["API_KEYS"] = FakeUpstream.KeysSetting(1) });

        var targets = new List<Target> { Native("upstream direct", upstream, FakeUpstream.Key(0)) };
        if (forwarder is not null)
        {
            targets.Add(Native("bare YARP, native", forwarder, FakeUpstream.Key(0)));
        }

        targets.Add(Native("gateway, native", gateway, Servers.ClientToken));
        targets.Add(new Target("gateway, OpenAI chat", [gateway.Id], [Traffic.Chat(gateway.Address, stream: false)], Traffic.Chat(gateway.Address, stream: true)));
        targets.Add(new Target("gateway, /openai/v1", [gateway.Id], [Traffic.GoogleOpenAI(gateway.Address, stream: false)], Traffic.GoogleOpenAI(gateway.Address, stream: true)));
        return targets;
    }

    private static Target Native(string name, ChildProcess process, string key) =>
        new(name, [process.Id], [Traffic.Gemini(process.Address, key, stream: false)], Traffic.Gemini(process.Address, key, stream: true));

    private static void Print(Comparison comparison, IReadOnlyList<Target> targets)
    {
        var yarp = targets.FirstOrDefault(target => target.Name.Contains("YARP", StringComparison.Ordinal));
        var work = new MarkdownTable(
            "target", "rps, 32 connections", "rps, 256 connections", "CPU-s per 1,000, 32 connections", "256 connections", "CPU as a multiple of YARP's (32)", "(256)");
        var latency = new MarkdownTable(
            "target", "p50 / p99 ms, 1 connection", "added to direct", "32 connections", "added", "256 connections", "added", $"first chunk p50 / p99 ms, {Comparison.StreamsPerSecond} streams/s", "added");
        foreach (var target in targets)
        {
            work.Add(target.Name, Rate(32), Rate(256), Cpu(32), Cpu(256), Multiple(32), Multiple(256));
            latency.Add([target.Name, .. Concurrencies.Append(0).SelectMany(concurrency => new[] { Latency(concurrency), AddedLatency(concurrency) })]);

            string Rate(int concurrency) => $"{comparison.Of(target, concurrency, sample => sample.RequestsPerSecond):N0}";
            string Cpu(int concurrency) => $"{CpuOf(target, concurrency):F3}";
            string Multiple(int concurrency) => yarp is null ? "–" : $"{CpuOf(target, concurrency) / CpuOf(yarp, concurrency):F2}";
            string Latency(int concurrency) =>
                $"{comparison.Of(target, concurrency, sample => sample.P50Milliseconds):F3} / {comparison.Of(target, concurrency, sample => sample.P99Milliseconds):F2}";
            string AddedLatency(int concurrency) =>
                $"{comparison.Added(target, targets[0], concurrency, sample => sample.P50Milliseconds):F3} / {comparison.Added(target, targets[0], concurrency, sample => sample.P99Milliseconds):F2}";
        }

        Console.WriteLine($"{work}\n\n{latency}\n\nGenerator: {comparison.GeneratorCpu.TotalSeconds:F1} CPU-s; p99 of sending late {comparison.GeneratorLateness.TotalMilliseconds:F2} ms.");

        double CpuOf(Target target, int concurrency) => comparison.Of(target, concurrency, sample => sample.CpuSecondsPerThousand);
    }
}
