using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>The instruments of the call log.</summary>
internal sealed class CallLogMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> written;
    private readonly Counter<long> dropped;
    private readonly Counter<long> writeFailures;

    public CallLogMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterNames.Gateway);
        written = meter.CreateCounter<long>("geminibalance.call_log.written", "{row}", "Attempts written to the log.");
        dropped = meter.CreateCounter<long>("geminibalance.call_log.dropped", "{row}", "Attempts that found the log's queue full, or the process at its end, and are in no log.");
        writeFailures = meter.CreateCounter<long>("geminibalance.call_log.write_failures", "{write}", "Batches that could not be written; they are tried again.");
    }

    /// <summary>Lets whoever listens see how many rows wait.</summary>
    public void ShowQueue(Func<int> count) => meter.CreateObservableUpDownCounter("geminibalance.call_log.queued", count, "{row}", "Attempts that wait to be written to the log.");

    public void Written(int rows) => written.Add(rows);

    public void Dropped(int rows) => dropped.Add(rows);

    public void WriteFailed() => writeFailures.Add(1);
}
