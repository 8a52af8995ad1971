using System.Text.Json;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Thoughts as a summary; and, for clients that keep their conversations themselves, the signature of what the model says next.</summary>
/// <param name="hasSummary">False when there is nothing but a signature.</param>
internal sealed class ReasoningItem(string id, int index, bool hasSummary) : OutputItem(id, index)
{
    private readonly EscapedText text = new();
    private bool isOpen;

    /// <summary>Null where the client did not ask for it.</summary>
    public string? Signature { get; set; }

    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        isOpen = true;
        if (hasSummary && events is not null)
        {
            WritePart(events.Begin("response.reasoning_summary_part.added", this), isWhole: false);
            events.End();
        }
    }

    public void Add(ReadOnlySpan<byte> thought, ResponsesEvents? events)
    {
        var piece = text.Add(thought);
        if (events?.Begin("response.reasoning_summary_text.delta", this) is { } writer)
        {
            writer.WriteNumber("summary_index"u8, 0);
            writer.WritePropertyName("delta"u8);
            writer.WriteRawValue(piece, skipInputValidation: true);
            events.End();
        }
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "reasoning"u8);
        writer.WriteStartArray("summary"u8);
        if (hasSummary && isOpen)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "summary_text"u8);
            text.WriteTo(writer, "text"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Signature is { } signature)
        {
            writer.WriteString("encrypted_content"u8, ReasoningSignature.Write(signature));
        }

        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events)
    {
        if (!hasSummary || events is null)
        {
            return;
        }

        var done = events.Begin("response.reasoning_summary_text.done", this);
        done.WriteNumber("summary_index"u8, 0);
        text.WriteTo(done, "text"u8);
        events.End();
        WritePart(events.Begin("response.reasoning_summary_part.done", this), isWhole: true);
        events.End();
    }

    private void WritePart(Utf8JsonWriter writer, bool isWhole)
    {
        writer.WriteNumber("summary_index"u8, 0);
        writer.WriteStartObject("part"u8);
        writer.WriteString("type"u8, "summary_text"u8);
        if (isWhole)
        {
            text.WriteTo(writer, "text"u8);
        }
        else
        {
            writer.WriteString("text"u8, ""u8);
        }

        writer.WriteEndObject();
    }
}
