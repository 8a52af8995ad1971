using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Keywords whose values are schemas: properties of objects, items of arrays.</summary>
/// <param name="rewrite">Rewrites one schema below.</param>
internal sealed class SchemaMembers(SchemaDialect dialect, Func<JsonElement, ImmutableHashSet<string>, JsonObject> rewrite)
{
    private bool IsJson => dialect is SchemaDialect.Json;

    public void AddProperties(JsonObject schema, FlatSchema flat)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, child) in flat.Properties)
        {
            properties[name] = rewrite(child, flat.Refs);
            if (flat.Required.Contains(name) || IsMarkedRequired(child))
            {
                required.Add((JsonNode)name);
            }
        }

        if (properties.Count > 0)
        {
            schema["properties"] = properties;
            AddOrdering(schema, flat);
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (!IsJson)
        {
            SchemaValues.AddCount(schema, flat, "minProperties");
            SchemaValues.AddCount(schema, flat, "maxProperties");
        }
        else if (flat.Keywords.TryGetValue("additionalProperties", out var additional))
        {
            schema["additionalProperties"] = additional.ValueKind switch
            {
                JsonValueKind.Object => rewrite(additional, flat.Refs),
                JsonValueKind.False => false,
                _ => true,
            };
        }
    }

    public void AddItems(JsonObject schema, FlatSchema flat)
    {
        flat.Keywords.TryGetValue("items", out var items);
        var tuple = items.ValueKind is JsonValueKind.Array ? items
            : flat.Keywords.TryGetValue("prefixItems", out var prefix) && prefix.ValueKind is JsonValueKind.Array ? prefix : default;
        long? length = null;
        if (tuple.ValueKind is JsonValueKind.Array && tuple.GetArrayLength() > 0)
        {
            AddTuple(schema, flat, tuple, items);
            length = IsJson ? null : tuple.GetArrayLength();
        }
        else
        {
            schema["items"] = items.ValueKind is JsonValueKind.Object ? rewrite(items, flat.Refs) : new JsonObject { ["type"] = "string" };
        }

        SchemaValues.AddCount(schema, flat, "minItems", length);
        SchemaValues.AddCount(schema, flat, "maxItems", length);
    }

    // Servers of the tool protocol mark a property itself as required.
    private static bool IsMarkedRequired(JsonElement property) =>
        property.ValueKind is JsonValueKind.Object && property.TryGetProperty("required", out var required) && required.ValueKind is JsonValueKind.True;

    private static void AddOrdering(JsonObject schema, FlatSchema flat)
    {
        if (flat.Keywords.TryGetValue("propertyOrdering", out var ordering) && ordering.ValueKind is JsonValueKind.Array)
        {
            schema["propertyOrdering"] = new JsonArray([
                .. ordering.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)
                    .Where(flat.Properties.ContainsKey).Distinct().Select(name => (JsonNode)name),
            ]);
        }
    }

    private void AddTuple(JsonObject schema, FlatSchema flat, JsonElement tuple, JsonElement items)
    {
        var members = tuple.EnumerateArray().Select(member => rewrite(member, flat.Refs)).ToArray();
        if (IsJson)
        {
            schema["prefixItems"] = new JsonArray([.. members]);
            if (items.ValueKind is JsonValueKind.Object)
            {
                schema["items"] = rewrite(items, flat.Refs);
            }

            return;
        }

        schema["items"] = dialect is SchemaDialect.GeminiWithoutAnyOf ? members[0] : SchemaAlternatives.Of(SchemaAlternatives.Distinct(SchemaAlternatives.Spread(members)));
    }
}
