using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Bytes of a client to a typed request. Whatever is wrong with them ends as a <see cref="TranslationException"/> that names the field.</summary>
public static class ResponsesRequestReader
{
    /// <exception cref="TranslationException">The body is not a request for a response.</exception>
    public static ResponsesRequest Read(ReadOnlyMemory<byte> utf8) => OpenAIRequestReader.Read(utf8, ResponsesBodyReader.Read);
}
