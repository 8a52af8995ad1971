using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Commands;

/// <summary>Many slow streams at once, which is what a gateway for language models mostly carries.</summary>
internal sealed class StreamsCommand : ILoadCommand
{
    private const int Events = 60;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(3);

    /// <summary>The longest silence beyond the upstream's pace that is no stall.</summary>
    private static readonly TimeSpan StallMin = TimeSpan.FromMilliseconds(500);

    public string Name => "streams";

    public string Summary => "512 paced streams at once: no stall, none lost, memory before and while they run";

    public IReadOnlyCollection<string> Options => ["streams"];

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var streams = arguments.Number("streams", otherwise: 512);
        await using var servers = new Servers();
        var upstream = await servers.StartUpstreamAsync(FakeUpstream.Unlimited);
        var gateway = await servers.StartGatewayAsync(upstream, new Dictionary<string, string> { ["API_KEYS"] = FakeUpstream.KeysSetting(10) });
        var order = Traffic.Paced(Events, Pace);
        var exitCode = 0;
        foreach (var (name, request) in new[]
        {
            ("upstream direct", Traffic.Gemini(upstream.Address, FakeUpstream.Key(0), stream: true, order)),
            ("native", Traffic.Gemini(gateway.Address, Servers.ClientToken, stream: true, order)),
            ("OpenAI chat", Traffic.Chat(gateway.Address, stream: true, order)),
        })
        {
            var run = new PacedStreams(time, request);
            var before = ProcessUsage.ResidentMebibytes(gateway.Id);
            var cpu = ProcessUsage.CpuTime(gateway.Id);
            var during = before;
            await run.RunAsync(streams, Ramp, () => during = ProcessUsage.ResidentMebibytes(gateway.Id), cancellationToken);
            cpu = ProcessUsage.CpuTime(gateway.Id) - cpu;
            var holds = run.Completed == streams && run.Gaps.Max < Pace + StallMin;
            exitCode |= holds ? 0 : 1;
            Console.WriteLine(
                $"{(holds ? "ok  " : "FAIL")} {name}: {run.Completed} of {streams} streams complete, {run.Bytes / streams} bytes each; first byte p50 {run.FirstByte.Percentile(50).TotalMilliseconds:F1}, "
                + $"p99 {run.FirstByte.Percentile(99).TotalMilliseconds:F1} ms; silence at a pace of {Pace.TotalMilliseconds} ms p99 {run.Gaps.Percentile(99).TotalMilliseconds:F1}, longest {run.Gaps.Max.TotalMilliseconds:F1} ms; "
                + $"gateway {cpu.TotalSeconds:F1} CPU-s, resident {before:F0} MiB before, {during:F0} with all open, {ProcessUsage.ResidentMebibytes(gateway.Id):F0} after");
        }

        return exitCode;
    }
}
