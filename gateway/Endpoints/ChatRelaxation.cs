using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>The same request in more modest words.</summary>
/// <remarks>
/// Models differ in what they take of several candidates, log probabilities, JSON schemas and another key's thought signatures, and do not
/// say so in a way that a program can read: what was refused is another request in other words, tried once.
/// </remarks>
internal static class ChatRelaxation
{
    /// <returns>Null when the failure, or the request, leaves nothing to relax.</returns>
    public static ChatTranslationOptions? Of(ChatCompletionRequest request, ChatTranslationOptions options, CallFailure failure)
    {
        if (failure.Attempt is not { Status: StatusCodes.Status400BadRequest, Outcome.Kind: CallOutcomeKind.RequestRejected })
        {
            return null;
        }

        var relaxed = options with
        {
            OneChoicePerCall = request.N > 1 && !request.Stream,
            OmitLogprobs = request.Logprobs,
            PlainSchemas = request.ResponseFormat?.Schema is not null || request.Tools.Any(tool => tool.Parameters is not null),
            ReplaceSignatures = request.Messages.Any(message => message.ToolCalls.Count > 0),
        };
        return relaxed == options ? null : relaxed;
    }
}
