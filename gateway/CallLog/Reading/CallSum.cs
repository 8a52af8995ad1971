namespace GeminiBalance.Gateway.CallLog;

/// <summary>What calls add up to.</summary>
/// <param name="Group">What they have in common, see <see cref="CallGrouping"/>.</param>
/// <param name="Calls">All of them.</param>
/// <param name="Succeeded">Those that the upstream answered.</param>
/// <param name="Cancelled">Those that the client left.</param>
/// <param name="PromptTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens.</param>
/// <param name="LatencyMs">Their latencies together.</param>
internal sealed record CallSum(string Group, long Calls, long Succeeded, long Cancelled, long PromptTokens, long OutputTokens, long LatencyMs)
{
    public static CallSum None { get; } = new("", 0, 0, 0, 0, 0, 0);

    public long Failed => Calls - Succeeded - Cancelled;
}
