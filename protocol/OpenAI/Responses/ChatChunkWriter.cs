using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Frames <c>chat.completion.chunk</c>s as server-sent events. Every chunk has the same id, time and model.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A JSON writer over a buffer of its caller holds nothing.")]
internal sealed class ChatChunkWriter(ChatAnswerContext context)
{
    private static readonly ArrayBufferWriter<byte> Nowhere = new(1);

    private readonly JsonEncodedText id = JsonEncodedText.Encode($"chatcmpl-{context.AnswerId}", ChatJson.Options.Encoder);
    private readonly JsonEncodedText model = JsonEncodedText.Encode(context.RequestedModel, ChatJson.Options.Encoder);
    private readonly Utf8JsonWriter writer = new(Nowhere, ChatJson.Options);
    private IBufferWriter<byte> output = Nowhere;

    /// <summary>Where the members of the delta go.</summary>
    public Utf8JsonWriter Json => writer;

    /// <summary>Names the buffer for the chunks that follow.</summary>
    public void WriteTo(IBufferWriter<byte> buffer) => output = buffer;

    /// <summary>Opens a chunk of one choice, up to the inside of its delta.</summary>
    public Utf8JsonWriter BeginDelta(int choice)
    {
        Begin();
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, choice);
        writer.WriteStartObject("delta"u8);
        return writer;
    }

    /// <summary>Closes the delta; members of the choice may follow.</summary>
    public void EndDelta() => writer.WriteEndObject();

    public void EndChoice(string? finishReason, string? nativeFinishReason)
    {
        writer.WriteString("finish_reason"u8, finishReason);
        if (nativeFinishReason is not null)
        {
            writer.WriteString("native_finish_reason"u8, nativeFinishReason);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        if (context.IncludeUsage)
        {
            writer.WriteNull("usage"u8);
        }

        End();
    }

    public void WriteUsage(Gemini.UsageMetadata usage)
    {
        Begin();
        writer.WriteEndArray();
        UsageWriter.Write(writer, usage);
        End();
    }

    public void WriteDone() => output.Write("data: [DONE]\n\n"u8);

    private void Begin()
    {
        output.Write("data: "u8);
        writer.Reset(output);
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("object"u8, "chat.completion.chunk"u8);
        writer.WriteNumber("created"u8, context.Created);
        writer.WriteString("model"u8, model);
        writer.WriteStartArray("choices"u8);
    }

    private void End()
    {
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n\n"u8);
    }
}
