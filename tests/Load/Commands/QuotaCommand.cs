using System.Collections.Concurrent;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Commands;

/// <summary>Promises 1 and 2 in real time, with real processes: demand of 120 % against an upstream that enforces.</summary>
internal sealed class QuotaCommand : ILoadCommand
{
    private const int Keys = 100;
    private const int RequestsPerMinute = 5;
    private const double Demand = 1.2;

    private const double WarmUpPerSecond = 50;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    public string Name => "quota";

    public string Summary => "100 enforced keys of 5 RPM at 120 % demand: no upstream 429, 99 % used; --kill: also through kill -9";

    public IReadOnlyCollection<string> Options => ["seconds", "kill"];

    public async Task<int> RunAsync(Arguments arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(arguments.Number("seconds", otherwise: 180));
        await using var servers = new Servers();
        var upstream = await servers.StartUpstreamAsync(FakeUpstream.Enforcing(RequestsPerMinute));
        var gateway = await StartGatewayAsync(servers, upstream, port: 0);
        await WarmUpAsync(gateway, time, cancellationToken);
        using var loop = new OpenLoop(time, Traffic.Chat(gateway.Address, stream: false), Keys * RequestsPerMinute * Demand / 60);
        var answers = new ConcurrentBag<Answer>();
        var started = time.GetTimestamp();
        var running = loop.RunAsync(duration, answers.Add, cancellationToken);
        Outage? outage = null;
        if (arguments.Has("kill"))
        {
            await Task.Delay(duration / 2, time, cancellationToken);
            var from = time.GetElapsedTime(started);
            await gateway.KillAsync();
            await StartGatewayAsync(servers, upstream, gateway.Address.Port);
            outage = new Outage(from, time.GetElapsedTime(started));
        }

        await running;
        return Report(new QuotaRun
        {
            Tokens = Keys * RequestsPerMinute,
            RequestsPerSecond = Keys * RequestsPerMinute * Demand / 60,
            Duration = duration,
            WaitMax = WaitMax,
            Answers = answers,
            Upstream = await FakeUpstream.ReadStatisticsAsync(upstream, cancellationToken),
            Outage = outage,
        });
    }

    // Code that runs for the first time takes longer than the guard between a call's grant and its arrival covers, in the upstream too.
    private static async Task WarmUpAsync(ChildProcess gateway, TimeProvider time, CancellationToken cancellationToken)
    {
        using var loop = new OpenLoop(time, Traffic.Chat(gateway.Address, stream: false, model: Traffic.WarmUpModel), WarmUpPerSecond);
        await loop.RunAsync(WarmUp, _ => { }, cancellationToken);
    }

    private static Task<ChildProcess> StartGatewayAsync(Servers servers, ChildProcess upstream, int port) =>
        servers.StartGatewayAsync(upstream, new Dictionary<string, string>
        {
            ["API_KEYS"] = FakeUpstream.KeysSetting(Keys),
            ["DEFAULT_RPM"] = $"{RequestsPerMinute}",
            ["QUEUE_TIMEOUT_SECONDS"] = $"{WaitMax.TotalSeconds}",
        }, port);

    private static int Report(QuotaRun run)
    {
        foreach (var minute in run.Answers.GroupBy(answer => (int)answer.Ended.TotalMinutes).OrderBy(group => group.Key))
        {
            Console.WriteLine($"minute {minute.Key + 1}: {string.Join(", ", minute.GroupBy(answer => answer.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} x {group.Key}"))}");
        }

        if (run.Outage is { } outage)
        {
            Console.WriteLine($"killed after {outage.From.TotalSeconds:F1} s, listening again after {outage.Until.TotalSeconds:F1} s");
        }

        Console.WriteLine($"upstream: {run.Upstream.Requests} calls, at most {run.Upstream.FullestWindow} of one key in any 60 s");
        var checks = QuotaVerdict.Of(run);
        foreach (var check in checks)
        {
            Console.WriteLine($"{(check.Holds ? "ok  " : "FAIL")} {check.Text}");
        }

        return checks.All(check => check.Holds) ? 0 : 1;
    }
}
