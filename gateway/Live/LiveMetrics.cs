using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Live;

/// <summary>The instruments of the Live API.</summary>
internal sealed class LiveMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> ended;
    private readonly Counter<long> refused;
    private readonly Histogram<double> duration;

    public LiveMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterNames.Gateway);
        ended = meter.CreateCounter<long>("geminibalance.live.ended", "{session}", "Sessions of the Live API that had begun and have ended, by who ended them.");
        refused = meter.CreateCounter<long>("geminibalance.live.refused", "{session}", "Sessions of the Live API that never began.");
        duration = meter.CreateHistogram<double>("geminibalance.live.duration", "s", "How long sessions of the Live API were open.");
    }

    /// <summary>Lets whoever listens see how many sessions are open.</summary>
    public void ShowSessions(Func<int> count) => meter.CreateObservableUpDownCounter("geminibalance.live.sessions", count, "{session}", "Sessions of the Live API that are open.");

    public void Ended(LiveEnd end, TimeSpan after)
    {
        ended.Add(1, new KeyValuePair<string, object?>("by", NameOf(end)));
        duration.Record(after.TotalSeconds);
    }

    public void Refused() => refused.Add(1);

    private static string NameOf(LiveEnd end) => end switch
    {
        LiveEnd.Client => "client",
        LiveEnd.Upstream => "upstream",
        LiveEnd.Broken => "broken",
        LiveEnd.Idle => "idle",
        LiveEnd.Drained => "drain",
        _ => "too_large",
    };
}
