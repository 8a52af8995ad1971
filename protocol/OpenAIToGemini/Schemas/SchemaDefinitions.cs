using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The named schemas of a document, and the references to them that may stay references.</summary>
internal sealed class SchemaDefinitions(JsonElement root)
{
    private const string Pointer = "#/$defs/";
    private const string OldPointer = "#/definitions/";

    private readonly HashSet<string> names = [.. Members(root).Select(member => member.Name)];

    public IEnumerable<JsonProperty> All => Members(root);

    /// <summary>The pointer, in today's spelling; null when the schema is no reference to one of the definitions.</summary>
    public string? Reference(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object || !schema.TryGetProperty("$ref", out var value) || value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        var pointer = value.GetString()!;
        var name = pointer.StartsWith(Pointer, StringComparison.Ordinal) ? pointer[Pointer.Length..]
            : pointer.StartsWith(OldPointer, StringComparison.Ordinal) ? pointer[OldPointer.Length..] : null;
        return name is not null && names.Contains(name) && !name.Contains('/', StringComparison.Ordinal) ? Pointer + name : null;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement root)
    {
        foreach (var keyword in (string[])["$defs", "definitions"])
        {
            if (root.TryGetProperty(keyword, out var definitions) && definitions.ValueKind is JsonValueKind.Object)
            {
                foreach (var member in definitions.EnumerateObject())
                {
                    yield return member;
                }
            }
        }
    }
}
