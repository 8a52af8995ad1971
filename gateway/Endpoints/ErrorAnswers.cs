using System.Buffers;
using System.Globalization;

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
        response.StatusCode = face switch
        {
            Face.OpenAI => error.OpenAI.HttpStatus,
            Face.Anthropic => error.Anthropic.HttpStatus,
            _ => error.Google.HttpStatus,
        };
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
        switch (face)
        {
            case Face.OpenAI:
                error.OpenAI.WriteTo(to);
                break;
            case Face.Anthropic:
                error.Anthropic.WriteTo(to);
                break;
            case Face.Interactions:
                error.Interactions.WriteTo(to);
                break;
            default:
                (error.RetryAfter is { } wait ? error.Google with { RetryDelay = wait } : error.Google).WriteTo(to, asArray);
                break;
        }
    }
}
