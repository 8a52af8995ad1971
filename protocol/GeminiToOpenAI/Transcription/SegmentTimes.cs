namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Puts the times of segments in order, or finds that they cannot be right. Pure.</summary>
internal static class SegmentTimes
{
    /// <summary>By how much a model may be wrong and still be believed, in seconds: it tells times by ear.</summary>
    private const double Tolerance = 2;

    private const double ShortestSeconds = 0.1;
    private const double SpokenCharsPerSecond = 15;

    /// <param name="told">Start and end in seconds, null where none was told, and what is said; in the model's order.</param>
    /// <param name="length">Of the recording in seconds, when it is known.</param>
    /// <returns>Segments that follow each other without overlap; null when a start is missing, goes back, or is after the end of the recording.</returns>
    public static IReadOnlyList<TimedSegment>? Order(IReadOnlyList<(double? Start, double? End, string Text)> told, double? length)
    {
        var limit = length ?? double.MaxValue;
        var segments = new List<TimedSegment>(told.Count);
        double free = 0;
        for (var i = 0; i < told.Count; i++)
        {
            if (told[i].Start is not { } start || start > limit + Tolerance || free - start > Tolerance)
            {
                return null;
            }

            var from = Math.Max(start, free);
            var next = i + 1 < told.Count && told[i + 1].Start is { } follows && follows > from ? follows : limit;
            var end = told[i].End is { } said && said > from ? said : from + Math.Max(1, told[i].Text.Length / SpokenCharsPerSecond);
            var to = Math.Max(Math.Min(end, Math.Min(next, limit)), from + ShortestSeconds);
            segments.Add(new TimedSegment(Rounded(from), Rounded(to), told[i].Text));
            free = to;
        }

        return segments;
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 3);
}
