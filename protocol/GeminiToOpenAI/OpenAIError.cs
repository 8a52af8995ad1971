using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>An error in OpenAI's shape.</summary>
/// <param name="HttpStatus">The status to answer with, when nothing has been sent yet.</param>
/// <param name="Message">For a person; must hold no secret.</param>
/// <param name="Type">Such as <c>invalid_request_error</c> or <c>server_error</c>.</param>
/// <param name="Param">The field at fault, if one is.</param>
/// <param name="Code">For programs, such as <c>model_not_found</c>.</param>
public sealed record OpenAIError(int HttpStatus, string Message, string Type, string? Param = null, string? Code = null)
{
    public void WriteTo(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, Message);
        writer.WriteString("type"u8, Type);
        writer.WriteString("param"u8, Param);
        writer.WriteString("code"u8, Code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
