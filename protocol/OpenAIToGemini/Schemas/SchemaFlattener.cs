using System.Globalization;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Resolves references within the document and merges what applies at the same time.</summary>
internal sealed class SchemaFlattener(JsonElement root)
{
    private readonly Dictionary<string, JsonElement?> resolved = [];
    private int steps;
    private int depth;

    public FlatSchema Flatten(JsonElement schema, RefChain? refs)
    {
        var flat = new FlatSchema { Refs = refs };
        MergeInto(flat, schema);
        return flat;
    }

    public void MergeInto(FlatSchema flat, JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object || steps > RequestLimits.SchemaStepsMax || depth >= RequestLimits.SchemaMergeDepthMax)
        {
            return;
        }

        depth++;
        Merge(flat, schema);
        depth--;
    }

    private void Merge(FlatSchema flat, JsonElement schema)
    {
        string? pointer = null;
        var parts = new List<JsonElement>();
        foreach (var member in schema.EnumerateObject())
        {
            steps++;
            switch (member.Name)
            {
                case "$ref" when member.Value.ValueKind is JsonValueKind.String:
                    pointer = member.Value.GetString();
                    break;
                case "properties" when member.Value.ValueKind is JsonValueKind.Object:
                    AddProperties(flat, member.Value);
                    break;
                case "required" when member.Value.ValueKind is JsonValueKind.Array:
                    AddStrings(flat.Required, member.Value);
                    break;
                case "anyOf" or "oneOf" when member.Value.ValueKind is JsonValueKind.Array:
                    flat.Branches.AddRange(member.Value.EnumerateArray());
                    break;
                case "allOf" when member.Value.ValueKind is JsonValueKind.Array:
                    parts.AddRange(member.Value.EnumerateArray());
                    break;
                case "if" or "then" or "else":
                    parts.Add(member.Value);
                    break;
                default:
                    flat.Keywords.TryAdd(member.Name, member.Value);
                    break;
            }
        }

        foreach (var part in parts)
        {
            MergeInto(flat, part);
        }

        if (pointer is not null)
        {
            Follow(flat, pointer);
        }
    }

    private void AddProperties(FlatSchema flat, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            steps++;
            flat.Properties.TryAdd(property.Name, property.Value);
        }
    }

    private static void AddStrings(List<string> target, JsonElement array)
    {
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String && !target.Contains(item.GetString()!))
            {
                target.Add(item.GetString()!);
            }
        }
    }

    private void Follow(FlatSchema flat, string pointer)
    {
        if (RefChain.Contains(flat.Refs, pointer) || Resolve(pointer) is not { } target)
        {
            flat.Unresolved = pointer[(pointer.LastIndexOf('/') + 1)..];
            return;
        }

        flat.Refs = new RefChain(pointer, flat.Refs);
        MergeInto(flat, target);
    }

    private JsonElement? Resolve(string pointer)
    {
        if (!resolved.TryGetValue(pointer, out var target))
        {
            resolved[pointer] = target = Search(pointer);
        }

        return target;
    }

    private JsonElement? Search(string pointer)
    {
        if (pointer.Length == 0 || pointer[0] != '#')
        {
            return null;
        }

        var place = root;
        foreach (var segment in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (place.ValueKind is JsonValueKind.Object && place.TryGetProperty(name, out var member))
            {
                place = member;
            }
            else if (place.ValueKind is JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < place.GetArrayLength())
            {
                place = place[index];
            }
            else
            {
                return null;
            }
        }

        return place;
    }
}
