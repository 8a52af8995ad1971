using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>The instruments of the call log.</summary>
internal sealed class CallLogMetrics
{
    private readonly Counter<long> written;
    private readonly Counter<long> dropped;
    private readonly Counter<long> writeFailures;

    public CallLogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterNames.Gateway);
        written = meter.CreateCounter<long>("gateway.call_log.written", "{row}", "Attempts written to the log.");
        dropped = meter.CreateCounter<long>("gateway.call_log.dropped", "{row}", "Attempts that found the log's queue full, or the process at its end, and are in no log.");
        writeFailures = meter.CreateCounter<long>("gateway.call_log.write_failures", "{write}", "Batches that could not be written; they are tried again.");
    }

    public void Written(int rows) => written.Add(rows);

    public void Dropped(int rows) => dropped.Add(rows);

    public void WriteFailed() => writeFailures.Add(1);
}
