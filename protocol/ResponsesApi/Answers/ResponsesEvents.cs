using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Frames the events of one response, numbered without a gap.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A JSON writer over a buffer of its caller holds nothing.")]
internal sealed class ResponsesEvents
{
    private static readonly ArrayBufferWriter<byte> Nowhere = new(1);

    private readonly Utf8JsonWriter writer = new(Nowhere, ChatJson.Options);
    private IBufferWriter<byte> output = Nowhere;
    private int number;

    /// <summary>Names the buffer for the events that follow.</summary>
    public void WriteTo(IBufferWriter<byte> buffer) => output = buffer;

    /// <summary>Opens an event, up to the members of its own.</summary>
    public Utf8JsonWriter Begin(string type)
    {
        output.Write("event: "u8);
        Encoding.ASCII.GetBytes(type, output);
        output.Write("\ndata: "u8);
        writer.Reset(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteNumber("sequence_number"u8, number++);
        return writer;
    }

    /// <summary>Opens an event about an item.</summary>
    public Utf8JsonWriter Begin(string type, OutputItem item)
    {
        Begin(type).WriteString("item_id"u8, item.Id);
        writer.WriteNumber("output_index"u8, item.Index);
        return writer;
    }

    /// <summary>An event with nothing but the item it is about.</summary>
    public void Tell(string type, OutputItem item)
    {
        Begin(type, item);
        End();
    }

    /// <summary>An event with the whole item.</summary>
    public void Show(string type, OutputItem item)
    {
        Begin(type).WriteNumber("output_index"u8, item.Index);
        writer.WritePropertyName("item"u8);
        item.WriteTo(writer);
        End();
    }

    public void End()
    {
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n\n"u8);
    }
}
