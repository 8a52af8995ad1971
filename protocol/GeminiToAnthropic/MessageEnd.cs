using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>How a message ended.</summary>
/// <param name="StopReason">One of Anthropic's.</param>
/// <param name="Explanation">Why it was refused; null when it was not.</param>
internal readonly record struct MessageEnd(string StopReason, string? Explanation)
{
    /// <param name="finish">The candidate's; null when a blocked prompt left none.</param>
    /// <param name="blocked">Why the prompt was blocked; null when it was not.</param>
    public static MessageEnd Of(CandidateFinish? finish, string? finishMessage, PromptFeedback? blocked, bool sawCall)
    {
        if (blocked is not null && finish is null)
        {
            return new(StopReasons.Refusal, RefusalText.OfPrompt(blocked));
        }

        var reason = StopReasons.Of(finish?.Reason ?? FinishReason.Unspecified, sawCall);
        return new(reason, reason == StopReasons.Refusal ? RefusalText.OfAnswer(finish!, finishMessage) : null);
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("stop_reason"u8, StopReason);
        writer.WriteNull("stop_sequence"u8);
        if (Explanation is null)
        {
            return;
        }

        writer.WriteStartObject("stop_details"u8);
        writer.WriteString("type"u8, "refusal"u8);
        writer.WriteNull("category"u8);
        writer.WriteString("explanation"u8, Explanation);
        writer.WriteEndObject();
    }
}
