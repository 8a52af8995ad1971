using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>A body of <c>messages</c> or <c>messages/count_tokens</c>, in the terms that all translated requests share.</summary>
/// <param name="Chat">The request. Schemas are slices of the body: use it only as long as its bytes are there.</param>
/// <param name="WithThinking">Whether the client asked for thinking, and so expects <c>thinking</c> blocks and sends them back.</param>
/// <param name="Origins">For each message of the request the client's number of the message it comes from; -1 for the system prompt.</param>
public sealed record AnthropicRequest(ChatCompletionRequest Chat, bool WithThinking, IReadOnlyList<int> Origins)
{
    private const string Messages = "messages[";

    /// <summary>A fault found while the request was translated, in terms of the client's own messages.</summary>
    public TranslationException Named(TranslationException fault)
    {
        var end = fault.Param?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        if (end < 0 || !fault.Param!.StartsWith(Messages, StringComparison.Ordinal)
            || !int.TryParse(fault.Param.AsSpan(Messages.Length..end), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= Origins.Count)
        {
            return fault;
        }

        var path = Origins[number] < 0 ? "system" : string.Create(CultureInfo.InvariantCulture, $"messages[{Origins[number]}].content");
        var message = fault.Message.StartsWith(fault.Param, StringComparison.Ordinal) ? path + fault.Message[fault.Param.Length..] : fault.Message;
        return new TranslationException(message, path, fault.Code);
    }
}
