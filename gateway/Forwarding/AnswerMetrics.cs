using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Counts answers that were none, and were asked for again before the client had any of them.</summary>
internal sealed class AnswerMetrics(IMeterFactory meters)
{
    private readonly Counter<long> retried = meters.Create(MeterNames.Gateway)
        .CreateCounter<long>("geminibalance.answers.retried", "{attempt}", "Answers with status 200 that were empty or cut, and were asked for again, by reason.");

    /// <param name="outcome">How the attempt ended that is followed by another one.</param>
    public void Retried(in CallOutcome outcome)
    {
        if (outcome.Kind == CallOutcomeKind.UpstreamBroken && ReasonOf(outcome.Detail) is { } reason)
        {
            retried.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    private static string? ReasonOf(string? detail) => detail switch
    {
        EmptyAnswer.Plain or EmptyAnswer.MalformedCall => "empty",
        "answer without an end" or "stream without an end" => "unfinished",
        "stream broke off" => "cut",
        "answer is not JSON" => "malformed",
        _ => null,
    };
}
