using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Driving;

/// <param name="Latency">From sending a request to the end of its answer.</param>
/// <param name="Elapsed">How long the run took.</param>
internal sealed record ClosedLoopResult(LatencyHistogram Latency, TimeSpan Elapsed)
{
    public double RequestsPerSecond => Latency.Count / Elapsed.TotalSeconds;
}
