using System.Collections.Frozen;

namespace GeminiBalance.FakeGemini;

/// <summary>A protobuf message as JSON sees it: each field by its camelCase and its snake_case name.</summary>
internal sealed class ProtoMessage
{
    private readonly FrozenDictionary<string, ProtoField>.AlternateLookup<ReadOnlySpan<char>> byName;

    public ProtoMessage(params ProtoField[] fields)
    {
        var all = new Dictionary<string, ProtoField>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            all[field.Name] = field;
            all[Camel(field.Name)] = field;
        }

        byName = all.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ProtoField? Find(ReadOnlySpan<char> name) => byName.TryGetValue(name, out var field) ? field : null;

    private static string Camel(string snake)
    {
        var words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
