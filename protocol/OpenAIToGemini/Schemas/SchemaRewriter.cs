using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Writes one schema anew with the dialect's own keywords only.</summary>
internal sealed class SchemaRewriter(JsonElement root, SchemaDialect dialect, SchemaBudget budget)
{
    private const string AnyValue = "JSON value.";

    private readonly SchemaFlattener flattener = new(root, budget);
    private readonly SchemaDefinitions definitions = new(root);
    private int nodes;

    private bool IsJson => dialect is SchemaDialect.Json;

    /// <summary>The whole schema; null for an object without properties.</summary>
    public JsonObject? Root()
    {
        var flat = flattener.Flatten(root, []);
        if (SchemaTypes.Of(flat, out _).Count == 0 && flat.Branches.Count == 0)
        {
            return null;
        }

        var schema = Emit(flat, 0);
        if (IsJson)
        {
            AddDefinitions(schema);
            return schema;
        }

        return schema["type"]?.GetValue<string>() is "object" && !schema.ContainsKey("properties") ? null : schema;
    }

    private JsonObject Rewrite(JsonElement schema, ImmutableHashSet<string> refs, int depth)
    {
        if (budget.IsSpent)
        {
            return Opaque(new FlatSchema(), AnyValue);
        }

        if (IsJson && definitions.Reference(schema) is { } reference)
        {
            budget.Spend(JsonMarshal.GetRawUtf8Value(schema).Length);
            return new JsonObject { ["$ref"] = reference };
        }

        return Emit(flattener.Flatten(schema, refs), depth);
    }

    private JsonObject Emit(FlatSchema flat, int depth)
    {
        if (flat.Unresolved is { } name)
        {
            return Opaque(flat, $"JSON object, see {name}.");
        }

        if (++nodes > RequestLimits.SchemaNodesMax || depth > RequestLimits.SchemaDepthMax)
        {
            return Opaque(flat, AnyValue);
        }

        var nullableBranch = Narrow(flat);
        if (flat.Unresolved is not null)
        {
            return Opaque(flat, $"JSON object, see {flat.Unresolved}.");
        }

        var types = SchemaTypes.Of(flat, out var nullable);
        nullable |= nullableBranch || SchemaValues.Of(flat).Any(value => value.ValueKind is JsonValueKind.Null);
        if (flat.Branches.Count > 0)
        {
            return AnyOf(flat, nullable, [.. flat.Branches.Select(branch => Rewrite(branch, flat.Refs, depth + 1))]);
        }

        if (types.Count <= 1 || dialect is SchemaDialect.GeminiWithoutAnyOf)
        {
            return Typed(flat, types.Count > 0 ? types[0] : null, nullable, depth);
        }

        if (!IsJson)
        {
            budget.Spend((types.Count - 1) * flat.Bytes);
            return AnyOf(flat, nullable, [.. types.Select(type => Typed(flat, type, nullable: false, depth + 1))]);
        }

        var schema = new JsonObject();
        AddBody(schema, flat, types, depth);
        schema["type"] = new JsonArray([.. types.Select(type => (JsonNode)type), .. nullable ? (JsonNode[])[SchemaTypes.Null] : []]);
        return schema;
    }

    /// <summary>Reduces the alternatives: null ones, those that only constrain an object's properties, a single one.</summary>
    /// <returns>Whether null was among them.</returns>
    private bool Narrow(FlatSchema flat)
    {
        var nullable = false;
        for (var round = 0; flat.Branches.Count > 0 && round < RequestLimits.SchemaDepthMax; round++)
        {
            nullable |= flat.Branches.RemoveAll(SchemaTypes.IsNull) > 0;
            var branches = flat.Branches.ToArray();
            if (flat.Properties.Count > 0)
            {
                flat.Branches.Clear();
                AddOptionalProperties(flat, branches);
            }
            else if (branches.Length > 0 && (branches.Length == 1 || dialect is SchemaDialect.GeminiWithoutAnyOf))
            {
                flat.Branches.Clear();
                flattener.MergeInto(flat, branches.Length == 1 ? branches[0] : Richest(branches, flat.Refs));
            }
            else
            {
                return nullable;
            }
        }

        flat.Branches.Clear();
        return nullable;
    }

    private void AddOptionalProperties(FlatSchema flat, JsonElement[] branches)
    {
        foreach (var branch in branches)
        {
            var alternative = flattener.Flatten(branch, flat.Refs);
            flat.Refs = alternative.Refs;
            foreach (var (name, property) in alternative.Properties)
            {
                flat.Properties.TryAdd(name, property);
            }
        }
    }

    private JsonElement Richest(JsonElement[] branches, ImmutableHashSet<string> refs) => branches.MaxBy(branch => flattener.Flatten(branch, refs).Properties.Count);

    private JsonObject AnyOf(FlatSchema flat, bool nullable, JsonObject[] alternatives)
    {
        var branches = SchemaAlternatives.Spread(alternatives);
        if (IsJson)
        {
            var schema = new JsonObject();
            SchemaValues.AddText(schema, flat, null);
            nullable |= Array.Exists(branches, SchemaAlternatives.IsNull);
            schema["anyOf"] = new JsonArray([.. branches.Where(branch => !SchemaAlternatives.IsNull(branch)), .. nullable ? (JsonNode[])[new JsonObject { ["type"] = SchemaTypes.Null }] : []]);
            return schema;
        }

        // Gemini's dialect refuses any other keyword beside anyOf, so the first branch carries them.
        branches = SchemaAlternatives.Distinct(branches);
        if (nullable)
        {
            branches[0]["nullable"] = true;
        }

        if (flat.Text("description") is { } description && !branches[0].ContainsKey("description"))
        {
            branches[0]["description"] = description;
        }

        return SchemaAlternatives.Of(SchemaAlternatives.Distinct(branches));
    }

    private JsonObject Typed(FlatSchema flat, string? type, bool nullable, int depth)
    {
        var schema = new JsonObject();
        if (type is null && IsJson)
        {
            SchemaValues.AddText(schema, flat, null);
            return schema;
        }

        type ??= "string";
        schema["type"] = IsJson && nullable ? new JsonArray(type, SchemaTypes.Null) : type;
        AddBody(schema, flat, [type], depth);
        if (type is "object" && !IsJson && !schema.ContainsKey("properties") && depth > 0)
        {
            schema = Opaque(flat, "JSON object.");
        }

        if (nullable && !IsJson)
        {
            schema["nullable"] = true;
        }

        return schema;
    }

    private void AddBody(JsonObject schema, FlatSchema flat, IReadOnlyList<string> types, int depth)
    {
        foreach (var type in types)
        {
            switch (type)
            {
                case "object":
                    new SchemaMembers(dialect, (child, refs) => Rewrite(child, refs, depth + 1)).AddProperties(schema, flat);
                    break;
                case "array":
                    new SchemaMembers(dialect, (child, refs) => Rewrite(child, refs, depth + 1)).AddItems(schema, flat);
                    break;
                case "integer" or "number":
                    SchemaValues.AddRange(schema, flat, type);
                    break;
                case "string" when !IsJson:
                    SchemaValues.AddStringBounds(schema, flat);
                    break;
                default:
                    break;
            }
        }

        SchemaValues.AddText(schema, flat, AddValues(schema, flat, [.. types.Where(type => type is not ("object" or "array"))]));
        if (!IsJson && flat.Keywords.TryGetValue("default", out var value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            schema["default"] = JsonNode.Parse(value.GetRawText());
        }
    }

    /// <returns>A hint for the description, or null.</returns>
    private string? AddValues(JsonObject schema, FlatSchema flat, string[] scalars)
    {
        if (scalars.Length == 0)
        {
            return null;
        }

        var values = SchemaValues.AddEnum(schema, flat, scalars, dialect);
        var format = SchemaValues.AddFormat(schema, flat, scalars[0], dialect);
        return format is null ? values : $"{values} {format}".Trim();
    }

    // Gemini's dialect refuses objects without properties.
    private JsonObject Opaque(FlatSchema flat, string hint)
    {
        var schema = new JsonObject { ["type"] = IsJson ? "object" : "string" };
        SchemaValues.AddText(schema, flat, hint);
        return schema;
    }

    private void AddDefinitions(JsonObject schema)
    {
        var emitted = new JsonObject();
        foreach (var member in definitions.All)
        {
            if (!emitted.ContainsKey(member.Name))
            {
                emitted[member.Name] = Emit(flattener.Flatten(member.Value, []), 1);
            }
        }

        if (emitted.Count > 0)
        {
            schema["$defs"] = emitted;
        }
    }
}
