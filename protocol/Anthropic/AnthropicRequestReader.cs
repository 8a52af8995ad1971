using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Bytes of an Anthropic client to a typed request. Whatever is wrong with them ends as a <see cref="TranslationException"/> that names the field.</summary>
public static class AnthropicRequestReader
{
    /// <summary>Reads the body of <c>messages</c>, or of <c>messages/count_tokens</c>, which has some members less.</summary>
    /// <exception cref="TranslationException">The body is no such request.</exception>
    public static AnthropicRequest Read(ReadOnlyMemory<byte> utf8) => OpenAIRequestReader.Read(utf8, AnthropicBodyReader.Read);
}
