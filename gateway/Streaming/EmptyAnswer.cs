using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>What the logs are told of translated answers that hold nothing.</summary>
internal static class EmptyAnswer
{
    public const string Plain = "empty answer";

    /// <summary>The model tried to call a function, in words that the upstream could not read.</summary>
    public const string MalformedCall = "empty answer (MALFORMED_FUNCTION_CALL)";

    public static string DetailOf(bool isMalformedCall) => isMalformedCall ? MalformedCall : Plain;

    public static bool IsMalformedCall(GenerateContentResponse answer) =>
        answer.Candidates?.Any(candidate => candidate?.FinishReason?.Reason == FinishReason.MalformedFunctionCall) == true;
}
