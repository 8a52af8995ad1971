using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Admin;

/// <summary>What calls add up to. Every attempt counts as a call.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Success">Those that the upstream answered.</param>
/// <param name="Failure">Those that failed.</param>
/// <param name="Cancelled">Those that the client left; in neither of the two.</param>
/// <param name="PromptTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens, thoughts included.</param>
/// <param name="AverageLatencyMs">From sending to the end of the answer.</param>
internal sealed record CallSumView(long Total, long Success, long Failure, long Cancelled, long PromptTokens, long OutputTokens, long AverageLatencyMs)
{
    public static CallSumView Of(CallSum sum) => new(
        sum.Calls, sum.Succeeded, sum.Failed, sum.Cancelled, sum.PromptTokens, sum.OutputTokens, sum.Calls == 0 ? 0 : sum.LatencyMs / sum.Calls);
}
