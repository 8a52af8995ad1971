using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes spoken answers as <c>audio</c>.</summary>
internal static class AudioWriter
{
    public static bool IsAudio(ResponsePart part) =>
        part.Thought is not true
        && part.InlineData is { Data.IsEmpty: false, MimeType: { } mime }
        && mime.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);

    /// <param name="parts">Audio parts, at least one.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ResponsePart> parts, ChatAnswerContext context)
    {
        writer.WriteStartObject("audio"u8);
        writer.WriteString("id"u8, $"audio_{context.AnswerId}");
        writer.WritePropertyName("data"u8);
        WriteData(writer, parts);

        // There is no store of spoken answers: an id cannot be referred to later, which an expiry in the past says.
        writer.WriteNumber("expires_at"u8, context.Created);
        writer.WriteString("transcript"u8, ""u8);
        writer.WriteEndObject();
    }

    /// <summary>Writes one piece of a stream. The id comes once: clients put repeated strings end to end.</summary>
    public static void WriteDelta(Utf8JsonWriter writer, ResponsePart part, bool first, ChatAnswerContext context)
    {
        writer.WriteStartObject("audio"u8);
        if (first)
        {
            writer.WriteString("id"u8, $"audio_{context.AnswerId}");
            writer.WriteNumber("expires_at"u8, context.Created);
        }

        writer.WriteString("data"u8, part.InlineData!.Data.Span);
        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, IReadOnlyList<ResponsePart> parts)
    {
        if (parts.Count == 1)
        {
            writer.WriteStringValue(parts[0].InlineData!.Data.Span);
            return;
        }

        // Base64 texts cannot be put end to end: each may carry padding.
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            var data = part.InlineData!.Data.Span;
            if (Base64.DecodeFromUtf8(data, bytes.GetSpan(Base64.GetMaxDecodedFromUtf8Length(data.Length)), out _, out var written) == OperationStatus.Done)
            {
                bytes.Advance(written);
            }
        }

        writer.WriteBase64StringValue(bytes.WrittenSpan);
    }
}
