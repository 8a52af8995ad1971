using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Says why an answer was withheld.</summary>
internal static class RefusalText
{
    public static string OfPrompt(PromptFeedback feedback) =>
        feedback.BlockReasonMessage is { Length: > 0 } message ? $"The prompt was blocked ({feedback.BlockReason}): {message}"
            : $"The prompt was blocked ({feedback.BlockReason}).";

    public static string OfAnswer(CandidateFinish finish, string? message) =>
        message is { Length: > 0 } ? $"The answer was withheld ({finish.Name}): {message}" : $"The answer was withheld ({finish.Name}).";
}
