using System.Runtime.InteropServices;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Writes blocks as entries of a message's <c>content</c>.</summary>
internal sealed class WholeBlocks(Utf8JsonWriter writer) : IBlockSink
{
    private bool inText;

    public void OpenText()
    {
        inText = true;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WritePropertyName("text"u8);
    }

    public Utf8JsonWriter BeginText() => writer;

    public void EndText()
    {
        // The text goes on with the next part, until the block is closed.
    }

    public void Cite(IReadOnlyCollection<GroundingSource> sources)
    {
        inText = false;
        writer.WriteStringValueSegment(""u8, isFinalSegment: true);
        writer.WriteStartArray("citations"u8);
        foreach (var source in sources)
        {
            writer.WriteStartObject();
            SearchWriter.WriteCitation(writer, source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public void OpenThinking()
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "thinking"u8);
        writer.WritePropertyName("thinking"u8);
    }

    public void AddThinking(ReadOnlySpan<byte> text) => writer.WriteStringValueSegment(text, isFinalSegment: false);

    public void Sign(string signature)
    {
        writer.WriteStringValueSegment(""u8, isFinalSegment: true);
        writer.WriteString("signature"u8, signature);
    }

    public void Close()
    {
        if (inText)
        {
            inText = false;
            writer.WriteStringValueSegment(""u8, isFinalSegment: true);
        }

        writer.WriteEndObject();
    }

    public void WriteToolUse(string id, string name, JsonElement input)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "tool_use"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, name);
        writer.WritePropertyName("input"u8);
        writer.WriteRawValue(input.ValueKind is JsonValueKind.Object ? JsonMarshal.GetRawUtf8Value(input) : "{}"u8, skipInputValidation: true);
        writer.WriteEndObject();
    }

    public void WriteSearch(string id, string query, IReadOnlyCollection<GroundingSource> found)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "server_tool_use"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, SearchWriter.ToolName);
        writer.WriteStartObject("input"u8);
        writer.WriteString("query"u8, query);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject();
        SearchWriter.WriteResult(writer, id, found);
        writer.WriteEndObject();
    }
}
