namespace GeminiBalance.Load.Commands;

/// <summary>One target's figures of one round.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Round">From 1.</param>
/// <param name="Concurrency">Connections; 0 for streams at a constant rate, whose latency is that of the first chunk.</param>
/// <param name="P50Milliseconds">Median latency.</param>
/// <param name="P99Milliseconds">Latency of the slowest hundredth.</param>
/// <param name="RequestsPerSecond">Answers per second.</param>
/// <param name="CpuSecondsPerThousand">CPU seconds of the target's process per 1,000 requests.</param>
internal sealed record ComparisonSample(
    string Target, int Round, int Concurrency, double P50Milliseconds, double P99Milliseconds, double RequestsPerSecond, double CpuSecondsPerThousand);
