using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The types a schema names or implies.</summary>
internal static class SchemaTypes
{
    public const string Null = "null";

    /// <summary>Distinct, <c>null</c> left out; empty when nothing tells.</summary>
    public static List<string> Of(FlatSchema flat, out bool nullable)
    {
        nullable = flat.Keywords.TryGetValue("nullable", out var flag) && flag.ValueKind is JsonValueKind.True;
        var types = new List<string>();
        if (flat.Keywords.TryGetValue("type", out var declared))
        {
            foreach (var type in Names(declared))
            {
                nullable |= type is Null;
                if (type is not Null && !types.Contains(type))
                {
                    types.Add(type);
                }
            }
        }

        if (types.Count == 0 && Implied(flat) is { } implied)
        {
            types.Add(implied);
        }

        return types;
    }

    /// <summary>Whether the schema allows null and nothing else.</summary>
    public static bool IsNull(JsonElement schema) =>
        schema.ValueKind is JsonValueKind.Object
        && ((schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals(Null))
            || (schema.TryGetProperty("const", out var constant) && constant.ValueKind is JsonValueKind.Null)
            || (schema.TryGetProperty("enum", out var values) && values.ValueKind is JsonValueKind.Array && values.GetArrayLength() == 1
                && values[0].ValueKind is JsonValueKind.Null));

    private static IEnumerable<string> Names(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => [Normalize(type.GetString()!)],
        JsonValueKind.Array => type.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => Normalize(item.GetString()!)),
        _ => [],
    };

    private static string Normalize(string type) => type.ToLowerInvariant() switch
    {
        "object" or "dict" or "map" => "object",
        "array" or "list" or "tuple" or "set" => "array",
        "integer" or "int" or "long" => "integer",
        "number" or "float" or "double" or "decimal" => "number",
        "boolean" or "bool" => "boolean",
        Null or "none" or "nil" => Null,
        _ => "string",
    };

    private static string? Implied(FlatSchema flat)
    {
        if (flat.Properties.Count > 0 || flat.Keywords.ContainsKey("additionalProperties") || flat.Keywords.ContainsKey("patternProperties"))
        {
            return "object";
        }

        if (flat.Keywords.ContainsKey("items") || flat.Keywords.ContainsKey("prefixItems"))
        {
            return "array";
        }

        foreach (var value in SchemaValues.Of(flat))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    return "string";
                case JsonValueKind.Number:
                    return value.TryGetInt64(out _) ? "integer" : "number";
                case JsonValueKind.True or JsonValueKind.False:
                    return "boolean";
                default:
                    continue;
            }
        }

        return null;
    }
}
