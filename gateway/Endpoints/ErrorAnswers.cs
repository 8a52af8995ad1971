using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Writes an error in a face's shape.</summary>
internal static class ErrorAnswers
{
    /// <summary>Answers with the error and nothing else.</summary>
    /// <param name="context">A request whose answer has not started.</param>
    /// <param name="face">The client's dialect.</param>
    /// <param name="error">What to tell.</param>
    /// <param name="asArray">Whether Google's shape stands in an array, as it does for streams that are JSON arrays.</param>
    public static async Task WriteAsync(HttpContext context, Face face, ClientError error, bool asArray = false)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        Write(response.BodyWriter, face, error, asArray);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The error as JSON.</summary>
    public static void Write(IBufferWriter<byte> to, Face face, ClientError error, bool asArray = false)
    {
        using var json = new Utf8JsonWriter(to);
        if (face == Face.OpenAI)
        {
            WriteOpenAI(json, error);
            return;
        }

        if (asArray)
        {
            json.WriteStartArray();
        }

        WriteGoogle(json, error);
        if (asArray)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteOpenAI(Utf8JsonWriter json, ClientError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type);
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGoogle(Utf8JsonWriter json, ClientError error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.Status);
        json.WriteString("message"u8, error.Message);
        json.WriteString("status"u8, error.GoogleStatus);
        if (error.RetryAfter is { } wait)
        {
            json.WriteStartArray("details"u8);
            json.WriteStartObject();
            json.WriteString("@type"u8, "type.googleapis.com/google.rpc.RetryInfo"u8);
            json.WriteString("retryDelay"u8, string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds))}s"));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
