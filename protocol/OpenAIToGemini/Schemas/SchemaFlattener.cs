using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Resolves references within the document and merges what applies at the same time.</summary>
internal sealed class SchemaFlattener(JsonElement root, SchemaBudget budget)
{
    private readonly SchemaPlaces places = new(root);
    private int depth;

    public FlatSchema Flatten(JsonElement schema, ImmutableHashSet<string> refs)
    {
        var flat = new FlatSchema { Refs = refs };
        MergeInto(flat, schema);
        return flat;
    }

    public void MergeInto(FlatSchema flat, JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object || budget.IsSpent || depth >= RequestLimits.SchemaMergeDepthMax)
        {
            return;
        }

        depth++;
        budget.Spend(SchemaBudget.BytesPerSchema);
        Merge(flat, schema);
        depth--;
    }

    private void Merge(FlatSchema flat, JsonElement schema)
    {
        string? pointer = null;
        var parts = new List<JsonElement>();
        foreach (var member in schema.EnumerateObject())
        {
            var bytes = Cost(member);
            flat.Bytes += bytes;
            budget.Spend(bytes);
            if (budget.IsSpent)
            {
                return;
            }

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

    // What a keyword says may be written as often as it is read. Schemas in it count when they are read themselves.
    private static int Cost(JsonProperty member) => SchemaBudget.BytesPerMember + member.Name.Length + member switch
    {
        { Value.ValueKind: JsonValueKind.Object } => 0,
        { Value.ValueKind: JsonValueKind.Array, Name: "anyOf" or "oneOf" or "allOf" or "items" or "prefixItems" } => SchemaBudget.BytesPerMember * member.Value.GetArrayLength(),
        _ => JsonMarshal.GetRawUtf8Value(member.Value).Length,
    };

    private void AddProperties(FlatSchema flat, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            budget.Spend(SchemaBudget.BytesPerMember + property.Name.Length);
            if (budget.IsSpent)
            {
                return;
            }

            flat.Properties.TryAdd(property.Name, property.Value);
        }
    }

    private static void AddStrings(HashSet<string> target, JsonElement array)
    {
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.String)
            {
                target.Add(item.GetString()!);
            }
        }
    }

    private void Follow(FlatSchema flat, string pointer)
    {
        if (flat.Refs.Contains(pointer) || places.Find(pointer) is not { } target)
        {
            flat.Unresolved = pointer[(pointer.LastIndexOf('/') + 1)..];
            return;
        }

        flat.Refs = flat.Refs.Add(pointer);
        MergeInto(flat, target);
    }
}
