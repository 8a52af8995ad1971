using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>Frames the events of a message: a name, and an object whose <c>type</c> is the name again.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A JSON writer over a buffer of its caller holds nothing.")]
internal sealed class MessageEvents
{
    public static readonly byte[] Start = "message_start"u8.ToArray();
    public static readonly byte[] BlockStart = "content_block_start"u8.ToArray();
    public static readonly byte[] BlockDelta = "content_block_delta"u8.ToArray();
    public static readonly byte[] BlockStop = "content_block_stop"u8.ToArray();
    public static readonly byte[] Delta = "message_delta"u8.ToArray();
    public static readonly byte[] Stop = "message_stop"u8.ToArray();

    private static readonly ArrayBufferWriter<byte> Nowhere = new(1);

    private readonly Utf8JsonWriter writer = new(Nowhere, ChatJson.Options);
    private IBufferWriter<byte> output = Nowhere;

    /// <summary>Where the members of the open event go.</summary>
    public Utf8JsonWriter Json => writer;

    /// <summary>Names the buffer for the events that follow.</summary>
    public void WriteTo(IBufferWriter<byte> buffer) => output = buffer;

    /// <summary>Opens an event, up to the inside of its object.</summary>
    public Utf8JsonWriter Begin(byte[] name)
    {
        output.Write("event: "u8);
        output.Write(name);
        output.Write("\ndata: "u8);
        writer.Reset(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, name);
        return writer;
    }

    public void End()
    {
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n\n"u8);
    }
}
