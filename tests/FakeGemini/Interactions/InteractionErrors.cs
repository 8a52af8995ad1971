using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Errors in the Interactions API's own shape: a word for a code, and nothing else beside the message.</summary>
internal static class InteractionErrors
{
    public static FakeError NotFound(string id) => new(404, "NOT_FOUND", $"Interaction {id} not found.");

    public static FakeError Precondition(string message) => new(400, "FAILED_PRECONDITION", message);

    public static byte[] ToBytes(FakeError error) => error.IsPage ? error.ToBytes(inArray: false) : GoogleJson.Pretty(writer => Write(writer, error, eventType: null));

    /// <summary>As an event of a stream.</summary>
    public static byte[] ToEvent(FakeError error)
    {
        var line = new ArrayBufferWriter<byte>();
        GoogleJson.Line(line, writer => Write(writer, error, "error"));
        return [.. "event: error\ndata: "u8, .. line.WrittenSpan, .. "\n\n"u8];
    }

    private static void Write(Utf8JsonWriter writer, FakeError error, string? eventType)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", error.Message);
        writer.WriteString("code", CodeOf(error));
        writer.WriteEndObject();
        if (eventType is not null)
        {
            writer.WriteString("event_type", eventType);
        }

        writer.WriteEndObject();
    }

    private static string CodeOf(FakeError error) => (error.Status, error.Name) switch
    {
        (400, "INVALID_ARGUMENT") when error.Message.StartsWith("API key", StringComparison.Ordinal) => "authentication",
        (400, "INVALID_ARGUMENT") => "invalid_request",
        (401, _) => "authentication",
        (402, _) => "payment_required",
        (404, _) when error.Message.StartsWith("models/", StringComparison.Ordinal) => "model_not_found",
        (429, _) => "rate_limit_exceeded",
        _ => new StringBuilder(error.Name).Replace(' ', '_').ToString().ToLowerInvariant(),
    };
}
