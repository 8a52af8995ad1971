using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Writes blocks as events of a stream.</summary>
internal sealed class StreamBlocks(MessageEvents events) : IBlockSink
{
    private int index = -1;

    public void OpenText()
    {
        var block = Begin();
        block.WriteString("type"u8, "text"u8);
        block.WriteString("text"u8, ""u8);
        EndBegin();
    }

    public Utf8JsonWriter BeginText()
    {
        var delta = BeginDelta("text_delta"u8);
        delta.WritePropertyName("text"u8);
        return delta;
    }

    public void EndText()
    {
        events.Json.WriteStringValueSegment(""u8, isFinalSegment: true);
        EndDelta();
    }

    public void Cite(IReadOnlyCollection<GroundingSource> sources)
    {
        foreach (var source in sources)
        {
            var delta = BeginDelta("citations_delta"u8);
            delta.WriteStartObject("citation"u8);
            SearchWriter.WriteCitation(delta, source);
            delta.WriteEndObject();
            EndDelta();
        }
    }

    public void OpenThinking()
    {
        var block = Begin();
        block.WriteString("type"u8, "thinking"u8);
        block.WriteString("thinking"u8, ""u8);
        block.WriteString("signature"u8, ""u8);
        EndBegin();
    }

    public void AddThinking(ReadOnlySpan<byte> text)
    {
        BeginDelta("thinking_delta"u8).WriteString("thinking"u8, text);
        EndDelta();
    }

    public void Sign(string signature)
    {
        BeginDelta("signature_delta"u8).WriteString("signature"u8, signature);
        EndDelta();
    }

    public void Close()
    {
        events.Begin(MessageEvents.BlockStop).WriteNumber("index"u8, index);
        events.End();
    }

    public void WriteToolUse(string id, string name, JsonElement input)
    {
        WriteUse("tool_use"u8, id, name);
        var delta = BeginDelta("input_json_delta"u8);
        delta.WritePropertyName("partial_json"u8);
        ToolCallWriter.WriteArguments(delta, input);
        EndDelta();
        Close();
    }

    public void WriteSearch(string id, string query, IReadOnlyCollection<GroundingSource> found)
    {
        WriteUse("server_tool_use"u8, id, SearchWriter.ToolName);
        BeginDelta("input_json_delta"u8).WriteString("partial_json"u8, SearchWriter.Input(query));
        EndDelta();
        Close();
        SearchWriter.WriteResult(Begin(), id, found);
        EndBegin();
        Close();
    }

    private void WriteUse(ReadOnlySpan<byte> type, string id, string name)
    {
        var block = Begin();
        block.WriteString("type"u8, type);
        block.WriteString("id"u8, id);
        block.WriteString("name"u8, name);
        block.WriteStartObject("input"u8);
        block.WriteEndObject();
        EndBegin();
    }

    private Utf8JsonWriter Begin()
    {
        index++;
        var writer = events.Begin(MessageEvents.BlockStart);
        writer.WriteNumber("index"u8, index);
        writer.WriteStartObject("content_block"u8);
        return writer;
    }

    private void EndBegin()
    {
        events.Json.WriteEndObject();
        events.End();
    }

    private Utf8JsonWriter BeginDelta(ReadOnlySpan<byte> type)
    {
        var writer = events.Begin(MessageEvents.BlockDelta);
        writer.WriteNumber("index"u8, index);
        writer.WriteStartObject("delta"u8);
        writer.WriteString("type"u8, type);
        return writer;
    }

    private void EndDelta()
    {
        events.Json.WriteEndObject();
        events.End();
    }
}
