using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>An error in Google's shape, <c>{"error":{code,message,status,details}}</c>.</summary>
/// <param name="HttpStatus">The status to answer with; also the error's <c>code</c>.</param>
/// <param name="Status">The name of the <c>google.rpc.Code</c>, such as <c>RESOURCE_EXHAUSTED</c>.</param>
/// <param name="Message">For a person; must hold no secret.</param>
/// <param name="RetryDelay">Becomes a <c>RetryInfo</c>.</param>
public sealed record GoogleError(int HttpStatus, string Status, string Message, TimeSpan? RetryDelay = null)
{
    /// <summary>The name that goes with an HTTP status, as in <c>google/rpc/code.proto</c>.</summary>
    public static string StatusOf(int httpStatus) => httpStatus switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        402 or 429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        501 => "UNIMPLEMENTED",
        502 or 503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 400 and < 500 => "INVALID_ARGUMENT",
        _ => "INTERNAL",
    };

    /// <param name="asArray">Whether to wrap it in an array, as Google does on a stream without <c>alt=sse</c> and on its OpenAI endpoint.</param>
    public void WriteTo(IBufferWriter<byte> output, bool asArray = false)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        if (asArray)
        {
            writer.WriteStartArray();
        }

        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, HttpStatus);
        writer.WriteString("message"u8, Message);
        writer.WriteString("status"u8, Status);
        if (RetryDelay is { } delay)
        {
            writer.WriteStartArray("details"u8);
            writer.WriteStartObject();
            writer.WriteString("@type"u8, "type.googleapis.com/google.rpc.RetryInfo"u8);
            writer.WriteString("retryDelay"u8, string.Create(CultureInfo.InvariantCulture, $"{(decimal)delay.Ticks / TimeSpan.TicksPerSecond:0.#######}s"));
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        if (asArray)
        {
            writer.WriteEndArray();
        }
    }
}
