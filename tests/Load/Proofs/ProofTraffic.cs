using GeminiBalance.Load.Cluster;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Http;
using GeminiBalance.Load.Measuring;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Proofs;

/// <summary>The requests of a proof: some that must all be served, and more than there is for another model, so that a token granted twice shows upstream.</summary>
internal sealed class ProofTraffic(ClusterUnderTest cluster, TimeProvider time, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const double PressureShare = 1.2;
    private const int StreamEvents = 12;
    private static readonly TimeSpan StreamPace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(10);

    private readonly List<TrafficFlow> flows = [];
    private readonly List<GatewayKill> kills = [];

    /// <summary>The flow of <see cref="StartPressure"/>.</summary>
    public TrafficFlow Pressure => flows.First(flow => flow.IsSaturating);

    /// <summary>Runs code for the first time and wakes the keys, with another model's quota.</summary>
    public async Task WarmUpAsync()
    {
        var rate = Math.Min(cluster.Plan.Keys, 1000) / WarmUpTime.TotalSeconds;
        await using var flow = Flow("warm-up", isSaturating: false, rate, (address, number) => Traffic.Chat(address, stream: false, model: Traffic.WarmUpModel, conversation: number));
        await Task.Delay(WarmUpTime, time, cancellationToken);
    }

    /// <summary>Calls on both faces and streams, all of which must be served.</summary>
    /// <param name="share">Of what all keys together can serve.</param>
    public void StartService(double share)
    {
        var rate = cluster.Plan.Keys * cluster.Plan.RequestsPerMinute / 60.0 * share;
        flows.Add(Flow("chat", isSaturating: false, rate * 0.4, (address, number) => Traffic.Chat(address, stream: false, conversation: number)));
        flows.Add(Flow("native", isSaturating: false, rate * 0.4, (address, number) => Traffic.Gemini(address, Servers.ClientToken, stream: false, conversation: number)));
        flows.Add(Flow("streams", isSaturating: false, rate * 0.2, (address, number) => Traffic.Chat(address, stream: true, last: Traffic.Paced(StreamEvents, StreamPace), conversation: number)));
    }

    /// <summary>More than there is.</summary>
    public void StartPressure()
    {
        var rate = cluster.Plan.Keys * cluster.Plan.RequestsPerMinute / 60.0 * PressureShare;
        flows.Add(Flow("pressure", isSaturating: true, rate, (address, number) => Traffic.Chat(address, stream: false, model: Traffic.PressureModel, conversation: number)));
    }

    /// <summary>Kills a gateway and remembers when, for the requests in flight on it.</summary>
    /// <param name="place">From 0.</param>
    public async Task KillGatewayAsync(int place)
    {
        var from = cluster.Now;
        await cluster.Gateways[place].KillAsync();
        kills.Add(new GatewayKill(place, from, cluster.Now));
    }

    public async Task StopAsync() => await Task.WhenAll(flows.Select(flow => flow.StopAsync()));

    /// <summary>Stops, and holds what came back against the promises: never over, and nothing lost.</summary>
    public async Task JudgeAsync(ProofReport report)
    {
        await StopAsync();
        foreach (var flow in flows)
        {
            var account = FlowAccount.Of(flow.Answers, flow.IsSaturating, kills);
            var apart = kills.Count == 0 ? "" : $", {account.Cut} cut on a killed gateway after their first byte";
            var refused = flow.IsSaturating ? $", {account.Refused} refused (429) and {account.Unavailable} put off (503), both with Retry-After" : "";
            report.Add(
                account.Failed.Count == 0,
                $"{flow.Name}: {account.Failed.Count} failed{(account.Failed.Count == 0 ? "" : $" ({account.DescribeFailed()})")}, {account.Served} served{refused}{apart}, {account.Resent} resent");
        }

        await JudgeUpstreamAsync(report);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var flow in flows)
        {
            await flow.DisposeAsync();
        }
    }

    private async Task JudgeUpstreamAsync(ProofReport report)
    {
        var upstream = await FakeUpstream.ReadStatisticsAsync(cluster.Upstream, cancellationToken);
        report.Add(upstream.Violations == 0, $"upstream counted {upstream.Violations} violations, at most {upstream.FullestWindow} of one key in any 60 s, in {upstream.Requests} calls");
        report.Add(upstream.RateLimited == 0, $"upstream refused {upstream.RateLimited} calls with 429");
    }

    private TrafficFlow Flow(string name, bool isSaturating, double requestsPerSecond, Func<Uri, int, PreparedRequest> make)
    {
        var servers = cluster.Gateways.Select(gateway => Traffic.Conversations(number => make(gateway.Address, number))).ToArray();
        return new TrafficFlow(name, isSaturating, new FailoverLoop(time, cluster.Epoch, servers, requestsPerSecond), cancellationToken);
    }
}
