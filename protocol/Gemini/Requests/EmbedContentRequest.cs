using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

public sealed class EmbedContentRequest
{
    /// <summary>With its prefix, such as <c>models/gemini-embedding-001</c>; the same as in the path. Null in lines of a batch, which names it itself.</summary>
    public required string? Model { get; init; }

    public required GeminiContent Content { get; init; }

    /// <summary>Such as <c>RETRIEVAL_QUERY</c>.</summary>
    public string? TaskType { get; init; }

    public int? OutputDimensionality { get; init; }

    /// <summary>The request as UTF-8 JSON.</summary>
    public byte[] ToUtf8Bytes()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, GeminiRequestContext.WriterOptions))
        {
            JsonSerializer.Serialize(writer, this, GeminiRequestContext.Default.EmbedContentRequest);
        }

        return output.ToArray();
    }
}
