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
        WriteData(writer, parts, context);

        // There is no store of spoken answers: an id cannot be referred to later, which an expiry in the past says.
        writer.WriteNumber("expires_at"u8, context.Created);
        writer.WriteString("transcript"u8, ""u8);
        writer.WriteEndObject();
    }

    /// <summary>Writes one piece of a stream, where only raw samples can be put end to end. The id comes once: clients join repeated strings.</summary>
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

    private static void WriteData(Utf8JsonWriter writer, IReadOnlyList<ResponsePart> parts, ChatAnswerContext context)
    {
        var rate = context.AudioFormat == "pcm16" ? null : WaveHeader.RateOfRawSamples(parts[0].InlineData!.MimeType!);
        if (parts.Count == 1 && rate is null)
        {
            writer.WriteString("data"u8, parts[0].InlineData!.Data.Span);
            return;
        }

        // Base64 texts cannot be put end to end: each may carry padding.
        var samples = new ArrayBufferWriter<byte>();
        foreach (var part in parts)
        {
            var data = part.InlineData!.Data.Span;
            if (Base64.DecodeFromUtf8(data, samples.GetSpan(Base64.GetMaxDecodedFromUtf8Length(data.Length)), out _, out var written) == OperationStatus.Done)
            {
                samples.Advance(written);
            }
        }

        writer.WriteBase64String("data"u8, rate is { } hertz ? [.. WaveHeader.Of(hertz, samples.WrittenCount), .. samples.WrittenSpan] : samples.WrittenSpan);
    }
}
