using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>An error answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Name">The <c>google.rpc</c> code name.</param>
/// <param name="Details">Writes the entries of <c>details</c>; null leaves the member out.</param>
internal sealed record FakeError(int Status, string Name, string Message, Action<Utf8JsonWriter>? Details = null)
{
    /// <summary>A front end answers with a page, not with JSON.</summary>
    public bool IsPage { get; init; }

    public static FakeError Invalid(string message, Action<Utf8JsonWriter>? details = null) => new(400, "INVALID_ARGUMENT", message, details);

    /// <summary>The body, pretty-printed as upstream.</summary>
    public byte[] ToBytes(bool inArray)
    {
        if (IsPage)
        {
            return Encoding.UTF8.GetBytes(
                $"<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>Error {Status} ({Name})!!1</title>\n  <p><b>{Status}.</b> <ins>That’s an error.</ins>\n  <p>{Message}  <ins>That’s all we know.</ins>\n");
        }

        return GoogleJson.Pretty(writer =>
        {
            if (inArray)
            {
                writer.WriteStartArray();
                Write(writer);
                writer.WriteEndArray();
            }
            else
            {
                Write(writer);
            }
        });
    }

    /// <summary>The body on one line, as an event carries it.</summary>
    public byte[] ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        GoogleJson.Line(buffer, Write);
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteNumber("code", Status);
        writer.WriteString("message", Message);
        writer.WriteString("status", Name);
        if (Details is not null)
        {
            writer.WriteStartArray("details");
            Details(writer);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
