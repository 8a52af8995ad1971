using System.Collections.Immutable;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>One schema with its references and <c>allOf</c> merged in; what stands nearest wins.</summary>
internal sealed class FlatSchema
{
    /// <summary>All keywords but those below.</summary>
    public Dictionary<string, JsonElement> Keywords { get; } = [];

    public OrderedDictionary<string, JsonElement> Properties { get; } = [];

    public HashSet<string> Required { get; } = [];

    /// <summary>Alternatives of <c>anyOf</c> and <c>oneOf</c>.</summary>
    public List<JsonElement> Branches { get; } = [];

    /// <summary>The references being resolved above a schema: one that turns up again is a cycle.</summary>
    public ImmutableHashSet<string> Refs { get; set; } = [];

    /// <summary>What reading the keywords cost.</summary>
    public int Bytes { get; set; }

    /// <summary>The name of a schema that contains itself here, or that cannot be found.</summary>
    public string? Unresolved { get; set; }

    public string? Text(string keyword) =>
        Keywords.TryGetValue(keyword, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
