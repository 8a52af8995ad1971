using System.Text.Json;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Reads members of answers whose shape is not to be relied on.</summary>
internal static class JsonAnswers
{
    /// <summary>The member; undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The text of a member, or null.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The first entry of an array; undefined when there is none.</summary>
    public static JsonElement First(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : default;
}
