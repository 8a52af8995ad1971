using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Telemetry;

/// <summary>The numbers of this gateway's part in the cluster, for whoever listens to the meter.</summary>
internal sealed class ClusterMetrics : IHostedService
{
    public const string MeterName = "GeminiBalance.Cluster";

    public ClusterMetrics(IMeterFactory meters, ClusterKeyPool pool, SiloContact silos, GrainCalls calls)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("geminibalance.keys", () => pool.Health.KeyCount, "{key}", "Keys in the roster.");
        meter.CreateObservableUpDownCounter("geminibalance.keys.own", () => pool.Health.OwnKeyCount, "{key}", "Keys of this gateway's share.");
        meter.CreateObservableUpDownCounter("geminibalance.pool.waiters", () => pool.Health.Waiters, "{call}", "Calls that wait for a key.");
        meter.CreateObservableCounter("geminibalance.pool.grants", () => pool.Health.Grants, "{token}", "Tokens handed to calls.");
        meter.CreateObservableCounter("geminibalance.pool.asks", () => pool.Health.Asks, "{ask}", "Asks sent to ledgers.");
        meter.CreateObservableCounter("geminibalance.pool.denials", () => pool.Health.Denials, "{ask}", "Asks that brought no token.");
        meter.CreateObservableCounter("geminibalance.pool.written_off", () => pool.Health.WrittenOff, "{ask}", "Asks not answered in time to be of use.");
        meter.CreateObservableCounter("geminibalance.pool.failures", () => pool.Health.Failures, "{ask}", "Asks that failed.");
        meter.CreateObservableCounter("geminibalance.pool.unused", () => pool.Health.Unused, "{token}", "Tokens that found no call any more.");
        meter.CreateObservableUpDownCounter("geminibalance.silos.connected", () => silos.Connections, "{silo}", "Silos with a connection.");
        meter.CreateObservableCounter(
            "geminibalance.grain.calls.sent",
            () => calls.Counts.Select(call => new Measurement<long>(call.Value, KeyValuePair.Create("method", (object?)call.Key))),
            "{call}",
            "Calls sent to grains.");
    }

    // Hosted so that it is there from the start.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
