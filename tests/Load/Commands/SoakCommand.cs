using System.Collections.Concurrent;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Commands;

/// <summary>A constant rate for long: memory must find its level.</summary>
internal sealed class SoakCommand : ILoadCommand
{
    private const int Samples = 40;

    public string Name => "soak";

    public string Summary => "a constant rate of calls and streams for long: memory of the gateway, its drift, and CPU";

    public IReadOnlyCollection<string> Options => ["seconds", "rate"];

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(arguments.Number("seconds", otherwise: 300));
        var rate = arguments.Number("rate", otherwise: 400);
        await using var servers = new Servers();
        var upstream = await servers.StartUpstreamAsync(FakeUpstream.Unlimited);
        var gateway = await servers.StartGatewayAsync(upstream, new Dictionary<string, string> { ["API_KEYS"] = FakeUpstream.KeysSetting(10) });
        var statuses = new ConcurrentDictionary<int, int>();

        // Three quarters plain calls over both faces, one quarter streams.
        using var native = new OpenLoop(time, Traffic.Gemini(gateway.Address, Servers.ClientToken, stream: false), rate / 2.0);
        using var chat = new OpenLoop(time, Traffic.Chat(gateway.Address, stream: false), rate / 4.0);
        using var streams = new OpenLoop(time, Traffic.Chat(gateway.Address, stream: true), rate / 4.0);
        var running = Task.WhenAll(new[] { native, chat, streams }.Select(
            loop => loop.RunAsync(duration, answer => statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1), cancellationToken)));

        var cpu = ProcessUsage.CpuTime(gateway.Id);
        var resident = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            await Task.Delay(duration / Samples, time, cancellationToken);
            resident.Add(ProcessUsage.ResidentMebibytes(gateway.Id));
        }

        await running;
        cpu = ProcessUsage.CpuTime(gateway.Id) - cpu;
        Console.WriteLine($"answers: {string.Join(", ", statuses.Select(status => $"{status.Value} x {status.Key}"))}; {cpu.TotalSeconds * 1000 / statuses.Values.Sum():F3} CPU-s per 1,000");
        Console.WriteLine($"resident MiB, every {(duration / Samples).TotalSeconds:F0} s: {string.Join(' ', resident.Select(mebibytes => $"{mebibytes:F0}"))}");
        var second = Median.Of(resident.Skip(Samples / 4).Take(Samples / 4));
        var last = Median.Of(resident.TakeLast(Samples / 4));
        Console.WriteLine($"drift from the second to the last quarter (medians): {second:F0} to {last:F0} MiB, {last - second:+0.0;-0.0;0} MiB");
        return statuses.Keys.All(status => status == 200) ? 0 : 1;
    }
}
