using System.Net.Http.Json;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Commands;

/// <summary>A pool of 100,000 keys: start, memory and choosing.</summary>
internal sealed class ManyKeysCommand : ILoadCommand
{
    private const int KeysPerBatch = 10_000;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(10);

    private const double ResidentMebibytesMax = 500;

    public string Name => "keys100k";

    public string Summary => "100,000 stored keys: time to start and to the first answer, memory, and load over them";

    public IReadOnlyCollection<string> Options => ["keys", "seconds"];

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var keys = arguments.Number("keys", otherwise: 100_000);
        var duration = TimeSpan.FromSeconds(arguments.Number("seconds", otherwise: 10));
        await using var servers = new Servers();
        var upstream = await servers.StartUpstreamAsync(FakeUpstream.Unlimited);
        var settings = new Dictionary<string, string> { ["DEFAULT_RPM"] = "10" };

        var first = await servers.StartGatewayAsync(upstream, settings);
        var started = time.GetTimestamp();
        await AddKeysAsync(first, keys, cancellationToken);
        Console.WriteLine($"added {keys:N0} keys in {time.GetElapsedTime(started).TotalSeconds:F1} s through the admin API");
        await first.StopAsync();

        started = time.GetTimestamp();
        var gateway = await servers.StartGatewayAsync(upstream, settings);
        var listening = time.GetElapsedTime(started);
        var call = Traffic.Gemini(gateway.Address, Servers.ClientToken, stream: false);
        await ClosedLoop.RunAsync(time, call, connections: 1, TimeSpan.FromTicks(1), cancellationToken);
        var answered = time.GetElapsedTime(started);
        var resident = ProcessUsage.ResidentMebibytes(gateway.Id);
        Console.WriteLine($"started in {listening.TotalSeconds:F2} s, first answer after {answered.TotalSeconds:F2} s, resident {resident:F0} MiB");

        await ClosedLoop.RunAsync(time, call, connections: 32, duration / 2, cancellationToken);
        var cpu = ProcessUsage.CpuTime(gateway.Id);
        var load = await ClosedLoop.RunAsync(time, call, connections: 32, duration, cancellationToken);
        cpu = ProcessUsage.CpuTime(gateway.Id) - cpu;
        var residentAfter = ProcessUsage.ResidentMebibytes(gateway.Id);
        Console.WriteLine(
            $"32 connections: {load.RequestsPerSecond:N0} rps, p50 {load.Latency.Percentile(50).TotalMilliseconds:F2} ms, p99 {load.Latency.Percentile(99).TotalMilliseconds:F2} ms, "
            + $"{cpu.TotalSeconds * 1000 / load.Latency.Count:F3} CPU-s per 1,000; resident {residentAfter:F0} MiB");
        return answered <= StartMax && residentAfter <= ResidentMebibytesMax ? 0 : 1;
    }

    private static async Task AddKeysAsync(ChildProcess gateway, int count, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = gateway.Address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Servers.AdminToken);
        foreach (var batch in Enumerable.Range(0, count).Chunk(KeysPerBatch))
        {
            using var answer = await client.PostAsJsonAsync("/api/keys", new { keys = batch.Select(FakeUpstream.Key) }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }
}
