using GeminiBalance.Load.Driving;

namespace GeminiBalance.Load.Measuring;

/// <summary>What was served in each full minute.</summary>
internal static class MinuteCounts
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <param name="answers">Of a flow.</param>
    /// <param name="from">Where the first minute begins.</param>
    /// <param name="until">Minutes that end later are left out.</param>
    public static IReadOnlyList<int> Of(IEnumerable<Answer> answers, TimeSpan from, TimeSpan until)
    {
        var counts = new int[Math.Max(0, (int)((until - from) / Minute))];
        foreach (var answer in answers.Where(answer => answer.Status == 200 && answer.Ended >= from))
        {
            var minute = (int)((answer.Ended - from) / Minute);
            if (minute < counts.Length)
            {
                counts[minute]++;
            }
        }

        return counts;
    }
}
