using GeminiBalance.Load.Driving;

namespace GeminiBalance.Load.Measuring;

/// <summary>What was asked of the gateway in a run against an enforcing upstream, and what came back.</summary>
internal sealed record QuotaRun
{
    /// <summary>The sum of all keys' requests per minute.</summary>
    public required int Tokens { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long the gateway lets a request wait.</summary>
    public required TimeSpan WaitMax { get; init; }

    public required IReadOnlyCollection<Answer> Answers { get; init; }

    public required UpstreamStatistics Upstream { get; init; }

    /// <summary>Null when the gateway was left alone.</summary>
    public Outage? Outage { get; init; }
}
