using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Translated answers that hold nothing.</summary>
internal static class EmptyAnswer
{
    public static CallFault FaultOf(bool isMalformedCall) => isMalformedCall ? CallFault.MalformedCall : CallFault.Empty;

    public static bool IsMalformedCall(GenerateContentResponse answer) =>
        answer.Candidates?.Any(candidate => candidate?.FinishReason?.Reason == FinishReason.MalformedFunctionCall) == true;
}
