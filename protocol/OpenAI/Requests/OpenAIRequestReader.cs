using System.Text.Json;
using System.Text.Unicode;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Bytes of a client to a typed request. Whatever is wrong with them ends as a <see cref="TranslationException"/> that names the field.</summary>
public static class OpenAIRequestReader
{
    internal delegate T BodyReader<out T>(ref WireReader reader);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="TranslationException">The body is not a chat request.</exception>
    public static ChatCompletionRequest ReadChat(ReadOnlyMemory<byte> utf8) => Read(utf8, ChatBodyReader.Read);

    /// <exception cref="TranslationException">The body is not a request for embeddings.</exception>
    public static EmbeddingsRequest ReadEmbeddings(ReadOnlyMemory<byte> utf8) => Read(utf8, EmbeddingsBodyReader.Read);

    /// <exception cref="TranslationException">The body is not a request for speech.</exception>
    public static SpeechRequest ReadSpeech(ReadOnlyMemory<byte> utf8) => Read(utf8, SpeechBodyReader.Read);

    /// <exception cref="TranslationException">The body is not a request for pictures.</exception>
    public static ImageRequest ReadImages(ReadOnlyMemory<byte> utf8) => Read(utf8, ImageBodyReader.Read);

    /// <exception cref="TranslationException">The body is not a request for completions.</exception>
    public static CompletionRequest ReadCompletion(ReadOnlyMemory<byte> utf8) => Read(utf8, CompletionBodyReader.Read);

    internal static T Read<T>(ReadOnlyMemory<byte> utf8, BodyReader<T> body)
    {
        if (utf8.Span.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            throw new TranslationException("The body is not valid UTF-8.");
        }

        var reader = new WireReader(utf8);
        try
        {
            reader.Read();
            if (reader.Token is not JsonTokenType.StartObject)
            {
                throw new TranslationException("The body must be a JSON object.");
            }

            var request = body(ref reader);
            reader.Read();
            return request;
        }
        catch (WireFormatException fault)
        {
            throw Named(utf8.Span, fault, reader.Position);
        }
        catch (JsonException fault)
        {
            throw new TranslationException($"The body is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
    }

    private static TranslationException Named(ReadOnlySpan<byte> utf8, WireFormatException fault, long position)
    {
        var path = JsonPath.At(utf8, fault.Position ?? position);
        if (fault.Member is { } member)
        {
            path = path is null ? member : $"{path}.{member}";
        }

        return new TranslationException($"{path ?? "The body"} {fault.Message}", path);
    }
}
