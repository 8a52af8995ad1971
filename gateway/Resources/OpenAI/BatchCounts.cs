using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>How many requests a batch has, in lines of the client's file, and how they went. Pure.</summary>
internal sealed record BatchCounts(long Total, long Completed, long Failed)
{
    /// <summary>Whether there is nothing but failures.</summary>
    public bool AllFailed => Failed > 0 && Failed == Total;

    /// <param name="batch">As the upstream describes it, which counts requests of its own.</param>
    /// <param name="note">What is known of the client's lines.</param>
    public static BatchCounts Of(JsonElement batch, OpenAINote note)
    {
        var stats = OpenAIBatchObject.Member(OpenAIBatchObject.Member(batch, "metadata"), "batchStats");
        var (total, completed, failed) = (Number(stats, "requestCount"), Number(stats, "successfulRequestCount"), Number(stats, "failedRequestCount"));
        if (note is not { Lines: > 0 and var lines, Requests: { } requests } || lines == requests)
        {
            return new(total, completed, failed);
        }

        // A line of several texts fails when one of them does; which lines these are is known to nobody before the file is read.
        var failedLines = completed == 0 && failed == requests ? lines : Math.Min(failed, lines);
        var isOver = completed + failed >= requests;
        return new(lines, isOver ? lines - failedLines : Math.Min(lines - failedLines, completed * lines / requests), failedLines);
    }

    // int64 is a text in the upstream's JSON.
    private static long Number(JsonElement stats, string name) =>
        long.TryParse(OpenAIJson.Text(stats, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
