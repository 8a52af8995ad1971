using System.Text.Json.Serialization.Metadata;

namespace GeminiBalance.Gateway.Admin;

/// <summary>Writes answers of the admin API.</summary>
internal static class AdminAnswers
{
    private const string ErrorType = "admin_error";

    public static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, status, new AdminErrorAnswer(new AdminError(message, ErrorType, code)), AdminJson.Default.AdminErrorAnswer);

    public static Task UnknownKeyAsync(HttpContext context) =>
        ErrorAsync(context, StatusCodes.Status404NotFound, "unknown_key", "There is no key with this id.");

    public static Task OkAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type) => WriteAsync(context, StatusCodes.Status200OK, answer, type);

    public static Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsJsonAsync(answer, type, cancellationToken: context.RequestAborted);
    }
}
