using System.Text.Json;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A message that says why there is no answer.</summary>
internal sealed class RefusalItem(string id, int index, string refusal) : OutputItem(id, index)
{
    private bool hasPart;

    public override void Open(ResponsesEvents? events)
    {
        base.Open(events);
        hasPart = true;
        WritePart(events, "response.content_part.added", "");
        WriteText(events, "response.refusal.delta", "delta");
    }

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("status"u8, Status);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteStartArray("content"u8);
        if (hasPart)
        {
            WriteContent(writer, refusal);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    protected override void WriteLast(ResponsesEvents? events)
    {
        WriteText(events, "response.refusal.done", "refusal");
        WritePart(events, "response.content_part.done", refusal);
    }

    private static void WriteContent(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "refusal"u8);
        writer.WriteString("refusal"u8, text);
        writer.WriteEndObject();
    }

    private void WritePart(ResponsesEvents? events, string type, string text)
    {
        if (events?.Begin(type, this) is { } writer)
        {
            writer.WriteNumber("content_index"u8, 0);
            writer.WritePropertyName("part"u8);
            WriteContent(writer, text);
            events.End();
        }
    }

    private void WriteText(ResponsesEvents? events, string type, string member)
    {
        if (events?.Begin(type, this) is { } writer)
        {
            writer.WriteNumber("content_index"u8, 0);
            writer.WriteString(member, refusal);
            events.End();
        }
    }
}
