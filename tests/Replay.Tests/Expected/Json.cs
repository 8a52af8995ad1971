using System.Text.Json;

namespace GeminiBalance.Replay.Tests.Expected;

/// <summary>Looks into JSON whose members may be missing.</summary>
internal static class Json
{
    /// <summary>The members of the list at a path; none when there is no such list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return [];
            }
        }

        return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
