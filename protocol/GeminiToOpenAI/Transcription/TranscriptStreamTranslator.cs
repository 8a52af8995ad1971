using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A transcript as it is written down, in OpenAI's <c>transcript.text</c> events. One per upstream stream; not thread safe.</summary>
public sealed class TranscriptStreamTranslator : IAnswerStreamTranslator
{
    private readonly StringBuilder text = new();
    private int sent;
    private bool hasFinished;

    public UsageMetadata? Usage { get; private set; }

    public string? Refusal { get; private set; }

    public bool IsUseful(GenerateContentResponse chunk) => CompletionWriter.TextsOf(chunk.Candidates?.FirstOrDefault()).Any();

    public void Translate(GenerateContentResponse chunk, IBufferWriter<byte> output)
    {
        Usage = chunk.UsageMetadata ?? Usage;
        Refusal = TranscriptAnswer.RefusalOf(chunk) ?? Refusal;
        var candidate = chunk.Candidates?.FirstOrDefault();
        hasFinished |= candidate?.FinishReason is not null;
        foreach (var piece in CompletionWriter.TextsOf(candidate))
        {
            var more = Encoding.UTF8.GetString(piece.Span);
            text.Append(text.Length == 0 ? more.TrimStart() : more);
        }

        if (text.Length > sent && !MayBeSilence())
        {
            WriteDelta(output);
        }
    }

    public bool Complete(IBufferWriter<byte> output, bool writeDone = true)
    {
        if (!hasFinished || text.Length == 0)
        {
            return false;
        }

        var whole = TranscriptAnswer.TextOf(text.ToString());
        if (whole.Length > 0 && text.Length > sent)
        {
            WriteDelta(output);
        }

        var writer = BeginEvent(output, "transcript.text.done"u8);
        writer.WriteString("text"u8, whole);
        TranscriptAnswer.WriteUsage(writer, Usage);
        EndEvent(writer, output);
        output.Write("data: [DONE]\n\n"u8);
        return true;
    }

    // What has been sent cannot be taken back, so the beginning waits until it is clear that somebody speaks.
    private bool MayBeSilence() => TranscriptionText.Silence.StartsWith(text.ToString().TrimEnd(), StringComparison.Ordinal);

    private void WriteDelta(IBufferWriter<byte> output)
    {
        var writer = BeginEvent(output, "transcript.text.delta"u8);
        writer.WriteString("delta"u8, text.ToString(sent, text.Length - sent));
        EndEvent(writer, output);
        sent = text.Length;
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
        writer.Dispose();
        output.Write("\n\n"u8);
    }
}
