using System.Globalization;
using GeminiBalance.Load.Driving;

namespace GeminiBalance.Load.Measuring;

/// <summary>What became of the requests of one flow, each counted once.</summary>
/// <param name="Served">Answered 200, to the end.</param>
/// <param name="Refused">Answered 429 with a true Retry-After, where more was asked for than there is.</param>
/// <param name="Unavailable">Answered 503 with a true Retry-After, where more was asked for than there is.</param>
/// <param name="Cut">In flight on a gateway when it was killed, after the first byte of the answer: nobody could have saved them.</param>
/// <param name="Failed">All others.</param>
/// <param name="Resent">Of all, those that another gateway had to take over.</param>
internal sealed record FlowAccount(int Served, int Refused, int Unavailable, int Cut, IReadOnlyList<Answer> Failed, int Resent)
{
    /// <summary>How long after a kill a connection may turn out to be dead.</summary>
    private static readonly TimeSpan KillSlack = TimeSpan.FromSeconds(1);

    /// <param name="answers">All of the flow.</param>
    /// <param name="mayBeRefused">Whether it asked for more than there is.</param>
    /// <param name="kills">Of gateways, during the run.</param>
    public static FlowAccount Of(IEnumerable<Answer> answers, bool mayBeRefused, IReadOnlyList<GatewayKill> kills)
    {
        var (served, refused, unavailable, cut, resent) = (0, 0, 0, 0, 0);
        var failed = new List<Answer>();
        foreach (var answer in answers)
        {
            resent += answer.Resent > 0 ? 1 : 0;
            if (answer.Status == 200)
            {
                served++;
            }
            else if (mayBeRefused && IsTrueRefusal(answer))
            {
                (refused, unavailable) = answer.Status == 429 ? (refused + 1, unavailable) : (refused, unavailable + 1);
            }
            else if (answer.Status == 0 && kills.Any(kill => IsCutBy(answer, kill)))
            {
                cut++;
            }
            else
            {
                failed.Add(answer);
            }
        }

        return new FlowAccount(served, refused, unavailable, cut, failed, resent);
    }

    /// <summary>Those that failed, by status, with the time of the first; empty when there are none.</summary>
    public string DescribeFailed() => string.Join(", ", Failed.GroupBy(answer => answer.Status).Select(
        group => $"{group.Count()} of status {group.Key} from {group.Min(answer => answer.Ended).TotalSeconds:F1} s to {group.Max(answer => answer.Ended).TotalSeconds:F1} s"));

    private static bool IsTrueRefusal(Answer answer) =>
        answer.Status is 429 or 503 && int.TryParse(answer.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;

    private static bool IsCutBy(Answer answer, GatewayKill kill) =>
        answer.Server == kill.Server && answer.Began <= kill.Until && answer.Ended >= kill.From && answer.Ended <= kill.Until + KillSlack;
}
