using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Gemini's finish reasons in Anthropic's closed set. Which stop sequence ended an answer Gemini does not say, so it is an end of turn.</summary>
internal static class StopReasons
{
    public const string Refusal = "refusal";

    /// <param name="reason">The last one of the candidate.</param>
    /// <param name="sawCall">Whether the candidate made a call. Calls cut by MAX_TOKENS or withheld by a filter must not be executed.</param>
    public static string Of(FinishReason reason, bool sawCall) => FinishReasons.ClassOf(reason) switch
    {
        FinishClass.Length => "max_tokens",
        FinishClass.ContentFilter => Refusal,
        _ when reason == FinishReason.Stop && sawCall => "tool_use",
        _ => "end_turn",
    };
}
