using System.Diagnostics;
using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Counts answers that were none, and were asked for again before the client had any of them.</summary>
internal sealed class AnswerMetrics(IMeterFactory meters)
{
    private readonly Counter<long> retried = meters.Create(MeterNames.Gateway)
        .CreateCounter<long>("geminibalance.answers.retried", "{attempt}", "Answers with status 200 that were none, such as empty or cut ones, and were asked for again, by reason.");

    /// <param name="outcome">How the attempt ended that is followed by another one.</param>
    public void Retried(in CallOutcome outcome)
    {
        if (ReasonOf(outcome.Fault) is { } reason)
        {
            retried.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    private static string? ReasonOf(CallFault? fault) => fault switch
    {
        CallFault.Empty or CallFault.MalformedCall => "empty",
        CallFault.Unfinished => "unfinished",
        CallFault.Cut => "cut",
        CallFault.Malformed => "malformed",
        CallFault.TooLarge => "too_large",
        CallFault.Incomplete => "incomplete",
        CallFault.Error => "error",
        null or CallFault.NoProxy or CallFault.SetupRefused => null,
        _ => throw new UnreachableException($"Unknown fault {fault}."),
    };
}
