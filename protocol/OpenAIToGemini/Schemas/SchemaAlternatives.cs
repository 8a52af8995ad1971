using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Rewritten alternatives of one place.</summary>
internal static class SchemaAlternatives
{
    /// <summary>Alternatives of an alternative are alternatives.</summary>
    public static JsonObject[] Spread(IEnumerable<JsonObject> schemas) => [.. schemas.SelectMany(Branches)];

    public static bool IsNull(JsonObject schema) =>
        schema["type"] is JsonValue type && type.GetValueKind() is JsonValueKind.String && type.GetValue<string>() is SchemaTypes.Null;

    public static JsonObject[] Distinct(JsonObject[] schemas) => [.. schemas.DistinctBy(schema => schema.ToJsonString())];

    /// <summary>The only one, or <c>anyOf</c>.</summary>
    public static JsonObject Of(JsonObject[] schemas) => schemas.Length == 1 ? schemas[0] : new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject[] Branches(JsonObject schema)
    {
        if (schema["anyOf"] is not JsonArray nested)
        {
            return [schema];
        }

        var branches = nested.OfType<JsonObject>().ToArray();
        nested.Clear();
        return branches;
    }
}
