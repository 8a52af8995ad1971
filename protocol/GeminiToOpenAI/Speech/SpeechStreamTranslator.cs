using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The events of a speech model to the bytes of a file, or to events of them. One per upstream stream; not thread safe.</summary>
/// <param name="format">How the samples are packed.</param>
/// <param name="asEvents">Whether the bytes come in <c>speech.audio.delta</c> events.</param>
public sealed class SpeechStreamTranslator(SpeechFormat format, bool asEvents) : IAnswerStreamTranslator
{
    private readonly ISpeechEncoder encoder = SpeechFormats.NewEncoder(format);
    private readonly ArrayBufferWriter<byte> packed = new();
    private bool hasBegun;
    private bool hasFinished;

    public UsageMetadata? Usage { get; private set; }

    public string? Refusal { get; private set; }

    public bool IsUseful(GenerateContentResponse chunk) => SpeechAnswer.PartsOf(chunk).Any();

    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        Usage = chunk.UsageMetadata ?? Usage;
        Refusal = SpeechAnswer.RefusalOf(chunk) ?? Refusal;
        hasFinished |= chunk.Candidates is [{ FinishReason: not null }, ..];
        foreach (var part in SpeechAnswer.PartsOf(chunk))
        {
            var samples = SpeechSamples.Of(part);
            if (!hasBegun)
            {
                hasBegun = true;
                encoder.Begin(samples.Rate, sampleBytes: null, packed);
            }

            encoder.Append(samples.Bytes.Span, packed);
        }

        Send(output);
    }

    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        if (!hasBegun || !hasFinished)
        {
            return false;
        }

        encoder.End(packed);
        Send(output);
        if (asEvents)
        {
            WriteDone(output);
        }

        return true;
    }

    private void Send(IBufferWriter<byte> output)
    {
        if (packed.WrittenCount == 0)
        {
            return;
        }

        if (asEvents)
        {
            using var writer = BeginEvent(output, "speech.audio.delta"u8);
            writer.WriteBase64String("audio"u8, packed.WrittenSpan);
            EndEvent(writer, output);
        }
        else
        {
            output.Write(packed.WrittenSpan);
        }

        packed.ResetWrittenCount();
    }

    private static Utf8JsonWriter BeginEvent(IBufferWriter<byte> output, ReadOnlySpan<byte> type)
    {
        output.Write("data: "u8);
        var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        return writer;
    }

    private static void EndEvent(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n\n"u8);
    }

    private void WriteDone(IBufferWriter<byte> output)
    {
        using var writer = BeginEvent(output, "speech.audio.done"u8);
        var usage = Usage ?? new UsageMetadata();
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, TokenCounts.Prompt(usage));
        writer.WriteNumber("output_tokens"u8, TokenCounts.Completion(usage));
        writer.WriteNumber("total_tokens"u8, TokenCounts.Prompt(usage) + TokenCounts.Completion(usage));
        writer.WriteEndObject();
        EndEvent(writer, output);
        output.Write("data: [DONE]\n\n"u8);
    }
}
