using System.Buffers;
using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Body of <c>batchEmbedContents</c>: at most 100 entries, answered in order.</summary>
public sealed class BatchEmbedContentsRequest
{
    public required List<EmbedContentRequest> Requests { get; init; }

    /// <summary>Writes the body as UTF-8 JSON.</summary>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions);
        JsonSerializer.Serialize(writer, this, GeminiRequestContext.Default.BatchEmbedContentsRequest);
    }
}
