using System.Text.Json;

namespace GeminiBalance.Gateway;

/// <summary>Reads what the gateway wants to know of a body whose faults are for others to refuse.</summary>
internal static class LenientJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <returns>The default for what is no JSON, or holds half a surrogate pair where it is read.</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <returns>Undefined when there is none.</returns>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <returns>Null when it is no text.</returns>
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
