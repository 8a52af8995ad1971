using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Gemini's embeddings to OpenAI's list.</summary>
public static class EmbeddingsResponseTranslator
{
    // Its shorter vectors are cut, not scaled, ones (recorded at 768: length 0.57); gemini-embedding-2 scales by itself.
    private const string UnscaledModel = "gemini-embedding-001";
    private const int UnscaledBelow = 3072;

    /// <param name="answers">The answers of all batches of one request, in the order of its inputs.</param>
    /// <exception cref="MalformedAnswerException">An answer holds an entry without finite values.</exception>
    public static void Write(IReadOnlyList<EmbeddingsAnswer> answers, EmbeddingsAnswerContext context, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        var index = 0;
        foreach (var entry in answers.SelectMany(EntriesOf))
        {
            var values = entry?.Values ?? throw new MalformedAnswerException("The upstream's answer holds an embedding without values.");
            if (!Array.TrueForAll(values, float.IsFinite))
            {
                throw new MalformedAnswerException("The upstream's answer holds an embedding that is not finite.");
            }

            WriteEntry(writer, context.UpstreamModel == UnscaledModel && values.Length < UnscaledBelow ? Scaled(values) : values, index++, context.AsBase64);
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, context.RequestedModel);
        WriteUsage(writer, answers, context);
        writer.WriteEndObject();
    }

    private static IEnumerable<EmbeddingValues?> EntriesOf(EmbeddingsAnswer answer) =>
        answer.Embeddings ?? (answer.Embedding is { } single ? [single] : Enumerable.Empty<EmbeddingValues?>());

    private static long? TokensOf(EmbeddingsAnswer answer) => answer.UsageMetadata?.PromptTokenCount ?? answer.TokenCount;

    private static void WriteEntry(Utf8JsonWriter writer, float[] values, int index, bool asBase64)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "embedding"u8);
        writer.WriteNumber("index"u8, index);
        if (asBase64)
        {
            WriteBase64(writer, values);
        }
        else
        {
            writer.WriteStartArray("embedding"u8);
            foreach (var value in values)
            {
                writer.WriteNumberValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteBase64(Utf8JsonWriter writer, float[] values)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(values.Length * sizeof(float));
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        writer.WriteBase64String("embedding"u8, bytes.AsSpan(0, values.Length * sizeof(float)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static float[] Scaled(float[] values)
    {
        var length = Math.Sqrt(values.Sum(value => (double)value * value));
        return length > 0 ? Array.ConvertAll(values, value => (float)(value / length)) : values;
    }

    private static void WriteUsage(Utf8JsonWriter writer, IReadOnlyList<EmbeddingsAnswer> answers, EmbeddingsAnswerContext context)
    {
        var reported = answers.All(answer => TokensOf(answer) is not null) ? answers.Sum(answer => TokensOf(answer)!.Value) : context.EstimatedTokens;
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, reported);
        writer.WriteNumber("total_tokens"u8, reported);
        writer.WriteEndObject();
    }
}
