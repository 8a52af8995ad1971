using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Keywords whose values are no schemas: enumerations, formats, bounds, words.</summary>
internal static class SchemaValues
{
    private const int HintValuesMax = 50;

    /// <summary>The values of <c>enum</c>, or that of <c>const</c>.</summary>
    public static IEnumerable<JsonElement> Of(FlatSchema flat)
    {
        if (flat.Keywords.TryGetValue("enum", out var values) && values.ValueKind is JsonValueKind.Array)
        {
            return values.EnumerateArray();
        }

        return flat.Keywords.TryGetValue("const", out var constant) ? [constant] : [];
    }

    /// <summary>Adds <c>enum</c> as far as the dialect takes it; the rest becomes words.</summary>
    /// <returns>A hint for the description, or null.</returns>
    public static string? AddEnum(JsonObject target, FlatSchema flat, IReadOnlyList<string> types, SchemaDialect dialect)
    {
        var values = new JsonArray();
        var seen = new HashSet<string>();
        var words = new List<string>();
        foreach (var value in Of(flat))
        {
            var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array || text.Length == 0 || !seen.Add(text))
            {
                continue;
            }

            if (IsTaken(value, types, dialect))
            {
                values.Add((JsonNode?)JsonValue.Create(value));
            }
            else if (!types.Contains("string"))
            {
                words.Add(text);
            }
        }

        if (values.Count > 0)
        {
            target["enum"] = values;
        }

        return values.Count == 0 && words.Count > 0 ? $"One of: {string.Join(", ", words.Take(HintValuesMax))}." : null;
    }

    /// <returns>A hint for the description, or null.</returns>
    public static string? AddFormat(JsonObject target, FlatSchema flat, string type, SchemaDialect dialect)
    {
        if (flat.Text("format") is not { } format)
        {
            return null;
        }

        var taken = dialect is SchemaDialect.Json || (type, format) is ("string", "enum" or "date-time") or ("integer", "int32" or "int64") or ("number", "float" or "double");
        if (taken)
        {
            target["format"] = format;
        }

        return taken ? null : $"Format: {format}.";
    }

    public static void AddText(JsonObject target, FlatSchema flat, string? hint)
    {
        if (flat.Text("title") is { } title)
        {
            target["title"] = title;
        }

        if ((flat.Text("description") is { } description ? $"{description} {hint}".TrimEnd() : hint) is { Length: > 0 } text)
        {
            target["description"] = text;
        }
    }

    public static void AddStringBounds(JsonObject target, FlatSchema flat)
    {
        AddCount(target, flat, "minLength");
        AddCount(target, flat, "maxLength");
        if (flat.Text("pattern") is { } pattern)
        {
            target["pattern"] = pattern;
        }
    }

    public static void AddRange(JsonObject target, FlatSchema flat, string type)
    {
        AddNumber(target, flat, "minimum");
        AddNumber(target, flat, "maximum");
        AddExclusive(target, flat, type, "exclusiveMinimum", "minimum", 1);
        AddExclusive(target, flat, type, "exclusiveMaximum", "maximum", -1);
    }

    public static void AddCount(JsonObject target, FlatSchema flat, string keyword, long? otherwise = null)
    {
        if ((Count(flat, keyword) ?? otherwise) is { } count)
        {
            target[keyword] = count;
        }
    }

    // Counts are 64-bit upstream, and some generators write them as text.
    private static long? Count(FlatSchema flat, string keyword)
    {
        if (!flat.Keywords.TryGetValue(keyword, out var value))
        {
            return null;
        }

        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    private static bool IsTaken(JsonElement value, IReadOnlyList<string> types, SchemaDialect dialect) => value.ValueKind switch
    {
        JsonValueKind.String => types.Contains("string"),
        JsonValueKind.Number => dialect is SchemaDialect.Json && (types.Contains("integer") || types.Contains("number")),
        _ => false,
    };

    private static void AddNumber(JsonObject target, FlatSchema flat, string keyword)
    {
        if (flat.Keywords.TryGetValue(keyword, out var value) && value.ValueKind is JsonValueKind.Number)
        {
            target[keyword] = JsonNode.Parse(value.GetRawText());
        }
    }

    private static void AddExclusive(JsonObject target, FlatSchema flat, string type, string keyword, string inclusive, int step)
    {
        if (type is "integer" && !target.ContainsKey(inclusive) && flat.Keywords.TryGetValue(keyword, out var value) && value.ValueKind is JsonValueKind.Number
            && value.TryGetInt32(out var bound))
        {
            target[inclusive] = (long)bound + step;
        }
    }
}
