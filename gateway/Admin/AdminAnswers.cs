using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Writes answers of the admin API.</summary>
internal static class AdminAnswers
{
    private const string ErrorType = "admin_error";

    /// <summary>People read these in a terminal: nothing is escaped for the sake of HTML, as which no browser takes them.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, status, new AdminErrorAnswer(new AdminError(message, ErrorType, code)), AdminJson.Default.AdminErrorAnswer);

    public static Task UnknownKeyAsync(HttpContext context) =>
        ErrorAsync(context, StatusCodes.Status404NotFound, "unknown_key", "There is no key with this id.");

    public static Task OkAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type) => WriteAsync(context, StatusCodes.Status200OK, answer, type);

    public static async Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "application/json; charset=utf-8";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable))
        {
            JsonSerializer.Serialize(json, answer, type);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
