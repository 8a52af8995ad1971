using System.Collections.Frozen;

namespace GeminiBalance.FakeGemini;

/// <summary>The models this upstream offers, in the order of its list.</summary>
internal sealed class ModelCatalog
{
    private static readonly string[] Names =
    [
        "gemini-2.0-flash", "gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-pro", "gemini-2.5-flash-image", "gemini-2.5-flash-preview-tts",
        "gemini-3-flash-preview", "gemini-3-pro-image", "gemini-3.1-flash-lite", "gemini-3.1-flash-image", "gemini-3.1-pro-preview",
        "gemini-3.5-flash", "gemini-3.5-flash-lite", "gemini-3.6-flash", "gemini-3.7-flash", "gemini-3.8-flash", "gemini-3.8-flash-tts",
        "gemma-4-26b-a4b-it", "gemma-4-31b-it", "gemini-embedding-001", "gemini-embedding-2", "imagen-4.0-generate-001",
    ];

    private static readonly (string Alias, string Target)[] Aliases =
    [
        ("gemini-flash-latest", "gemini-3.8-flash"), ("gemini-flash-lite-latest", "gemini-3.5-flash-lite"), ("gemini-pro-latest", "gemini-3.1-pro-preview"),
    ];

    private readonly FrozenDictionary<string, FakeModel> byName;

    public ModelCatalog(IEnumerable<string> extra)
    {
        var aliases = Aliases.Select(alias => FakeModel.FromName(alias.Target) with { Name = alias.Alias, DisplayName = $"Latest {alias.Target}", Version = alias.Target });
        All = [.. Names.Concat(extra).Distinct(StringComparer.Ordinal).Select(FakeModel.FromName).Concat(aliases)];
        byName = All.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<FakeModel> All { get; }

    public FakeModel? Find(string name) => byName.GetValueOrDefault(name.StartsWith("models/", StringComparison.Ordinal) ? name["models/".Length..] : name);
}
