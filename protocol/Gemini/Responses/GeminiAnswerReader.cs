using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Bytes of the upstream to typed answers. Unknown members, part kinds and enum values are passed over.</summary>
public static class GeminiAnswerReader
{
    /// <param name="utf8">A whole unary answer, or the data of one stream event.</param>
    /// <exception cref="MalformedAnswerException">It is not a JSON object of that shape.</exception>
    public static GenerateContentResponse Read(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.GenerateContentResponse);

    /// <param name="utf8">The answer of <c>batchEmbedContents</c> or <c>embedContent</c>.</param>
    /// <exception cref="MalformedAnswerException">It is not a JSON object of that shape.</exception>
    public static EmbeddingsAnswer ReadEmbeddings(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.EmbeddingsAnswer);

    /// <param name="utf8">The answer of <c>predict</c>.</param>
    /// <exception cref="MalformedAnswerException">It is not a JSON object of that shape.</exception>
    public static PredictAnswer ReadPrediction(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.PredictAnswer);

    /// <param name="utf8">One page of the model list.</param>
    /// <exception cref="MalformedAnswerException">It is not a JSON object of that shape.</exception>
    public static GeminiModelPage ReadModels(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.GeminiModelPage);

    /// <param name="utf8">One model.</param>
    /// <exception cref="MalformedAnswerException">It is not a JSON object of that shape.</exception>
    public static GeminiModel ReadModel(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.GeminiModel);

    /// <param name="utf8">The answer of <c>countTokens</c>.</param>
    /// <exception cref="MalformedAnswerException">It tells no count.</exception>
    public static long ReadTokenCount(ReadOnlySpan<byte> utf8) => Read(utf8, GeminiResponseContext.Default.TokenCountAnswer).TotalTokens
        ?? throw new MalformedAnswerException("The upstream's answer tells no count of tokens.");

    /// <param name="utf8">An error body: <c>{"error":{…}}</c>, alone or in an array, or the bare status.</param>
    /// <returns>Null when it is none, such as an HTML page or an ordinary answer.</returns>
    public static GeminiErrorStatus? ReadError(ReadOnlySpan<byte> utf8) => GeminiErrorReader.Read(utf8);

    private static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        // Text is copied, not decoded, on its way: bad UTF-8 must not reach a writer.
        if (!Utf8.IsValid(utf8))
        {
            throw new MalformedAnswerException("The upstream's answer is not valid UTF-8.");
        }

        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw new MalformedAnswerException("The upstream's answer is null.");
        }
        catch (JsonException exception)
        {
            throw new MalformedAnswerException("The upstream's answer is not JSON of the expected shape.", exception);
        }
    }
}
