using System.Collections.Concurrent;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Reads protobuf JSON, where each member has a camelCase and a snake_case name.</summary>
internal static class JsonMembers
{
    private static readonly ConcurrentDictionary<string, string> SnakeNames = new(StringComparer.Ordinal);

    public static string Snake(string camel) => SnakeNames.GetOrAdd(camel, static name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name));

    /// <summary>The member, or an undefined element.</summary>
    public static JsonElement Member(this JsonElement element, string camel)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        return element.TryGetProperty(camel, out var value) || element.TryGetProperty(Snake(camel), out value) ? value : default;
    }

    public static bool Has(this JsonElement element, string camel) => element.Member(camel).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static string? Text(this JsonElement element, string camel) =>
        element.Member(camel) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Whole(this JsonElement element, string camel) => element.Member(camel) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } value when long.TryParse(value.GetString(), out var number) => number,
        _ => null,
    };

    public static bool IsTrue(this JsonElement element, string camel) => element.Member(camel).ValueKind == JsonValueKind.True;

    /// <summary>The texts of an array member; entries of another type are passed over.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string camel) =>
        element.Items(camel).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    /// <summary>The entries of an array member; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string camel) =>
        element.Member(camel) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
