using System.Globalization;
using GeminiBalance.Load.Driving;

namespace GeminiBalance.Load.Measuring;

/// <summary>Holds a run against the promises: never over, nearly all, no client error that is not a true 429.</summary>
internal static class QuotaVerdict
{
    public const double ShareMin = 0.99;

    /// <summary>How long after the restart a connection may still turn out to have been cut by the kill.</summary>
    private static readonly TimeSpan OutageSlack = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Check> Of(QuotaRun run)
    {
        // After a crash every window counts as full for 60 s: the share is promised for the time before.
        var counted = run.Outage is { } outage ? outage.From : run.Duration;
        var ideal = QuotaIdeal.Served(run.Tokens, run.RequestsPerSecond, counted, run.WaitMax);
        var served = run.Answers.Count(answer => answer.Status == 200 && answer.Ended < counted);
        var wrong = run.Answers.Where(answer => answer.Status != 200 && !IsTrue429(answer) && !IsCutByTheKill(answer, run.Outage)).ToArray();
        var checks = new List<Check>
        {
            new($"upstream refused {run.Upstream.RateLimited} calls with 429", run.Upstream.RateLimited == 0),
            new($"upstream counted {run.Upstream.Violations} violations of a limit", run.Upstream.Violations == 0),
            new($"served {served} in {counted.TotalSeconds:F0} s, {(double)served / ideal:P2} of the {ideal} a perfect scheduler could", served >= ShareMin * ideal),
            new($"{wrong.Length} answers were neither 200 nor a 429 with Retry-After{Describe(wrong)}", wrong.Length == 0),
        };
        if (run.Outage is { } over && run.Duration - over.Until > TimeSpan.FromSeconds(70))
        {
            var after = run.Answers.Count(answer => answer.Status == 200 && answer.Ended > over.Until);
            checks.Add(new Check($"served {after} after the restart", after > 0));
        }

        return checks;
    }

    private static bool IsTrue429(Answer answer) =>
        answer.Status == 429 && int.TryParse(answer.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;

    private static bool IsCutByTheKill(Answer answer, Outage? outage) =>
        answer.Status == 0 && outage is { } time && answer.Ended >= time.From && answer.Scheduled <= time.Until + OutageSlack;

    private static string Describe(Answer[] wrong) =>
        wrong.Length == 0 ? "" : ": " + string.Join(", ", wrong.GroupBy(answer => answer.Status).Select(group => $"{group.Count()} of status {group.Key}, the first after {group.Min(answer => answer.Ended).TotalSeconds:F1} s"));
}
