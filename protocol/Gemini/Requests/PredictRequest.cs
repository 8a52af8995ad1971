using System.Buffers;
using System.Text.Json;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Body of Imagen's <c>predict</c>.</summary>
public sealed class PredictRequest
{
    /// <summary>Exactly one.</summary>
    public required List<PredictInstance> Instances { get; init; }

    public required PredictParameters Parameters { get; init; }

    /// <summary>Writes the body as UTF-8 JSON.</summary>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions);
        JsonSerializer.Serialize(writer, this, GeminiRequestContext.Default.PredictRequest);
    }
}
