using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>An error in the shape of the Interactions API: <c>{"error":{"code":"not_found","message":…}}</c>.</summary>
/// <param name="Code">A word, such as <c>rate_limit_exceeded</c>.</param>
/// <param name="Message">For a person; must hold no secret.</param>
public sealed record InteractionsError(string Code, string Message)
{
    /// <summary>The word for an error that is known by the name of its <c>google.rpc.Code</c>.</summary>
    public static string CodeOf(string googleStatus) => googleStatus switch
    {
        "INVALID_ARGUMENT" => "invalid_request",
        "UNAUTHENTICATED" => "authentication",
        "RESOURCE_EXHAUSTED" => "rate_limit_exceeded",
        _ => googleStatus.ToLowerInvariant(),
    };

    public void WriteTo(IBufferWriter<byte> output) => WriteTo(output, isEvent: false);

    /// <summary>As an event of a stream, line ends included.</summary>
    public void WriteEventTo(IBufferWriter<byte> output)
    {
        output.Write("event: error\ndata: "u8);
        WriteTo(output, isEvent: true);
        output.Write("\n\n"u8);
    }

    private void WriteTo(IBufferWriter<byte> output, bool isEvent)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        if (isEvent)
        {
            writer.WriteString("event_type"u8, "error"u8);
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, Code);
        writer.WriteString("message"u8, Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
