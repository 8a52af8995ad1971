using System.Runtime.InteropServices;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Counts attempts by minute and by hour, per key and for all keys. Not safe for threads.</summary>
internal sealed class CallTally
{
    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;
    private readonly Dictionary<CallCell, CallSums> minutes = [];
    private readonly Dictionary<CallCell, CallSums> hours = [];

    public int CellCount => minutes.Count + hours.Count;

    public IReadOnlyList<CallCount> Minutes => Sort(minutes);

    public IReadOnlyList<CallCount> Hours => Sort(hours);

    public void Add(in LoggedAttempt attempt)
    {
        var sums = new CallSums(1, attempt.PromptTokens ?? 0, attempt.OutputTokens ?? 0, attempt.LatencyMs);
        var seconds = attempt.Time.ToUnixTimeSeconds();
        Add(minutes, seconds - (seconds % SecondsPerMinute), attempt, sums);
        Add(hours, seconds - (seconds % SecondsPerHour), attempt, sums);
    }

    private static void Add(Dictionary<CallCell, CallSums> cells, long start, in LoggedAttempt attempt, CallSums sums)
    {
        foreach (var keyId in (ReadOnlySpan<string>)["", attempt.KeyId.Value])
        {
            CollectionsMarshal.GetValueRefOrAddDefault(cells, new CallCell(start, keyId, attempt.Model, attempt.Outcome), out _) += sums;
        }
    }

    private static List<CallCount> Sort(Dictionary<CallCell, CallSums> cells) =>
        [.. cells.OrderBy(cell => cell.Key).Select(cell => new CallCount(cell.Key, cell.Value))];
}
