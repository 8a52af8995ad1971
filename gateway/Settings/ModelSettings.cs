using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What models are called, and what calls of them get beside what clients ask for.</summary>
public sealed record ModelSettings
{
    /// <summary>The models that can be called as <c>…-search</c>.</summary>
    public IReadOnlySet<string> SearchModels { get; init; } = new HashSet<string> { "gemini-2.5-flash", "gemini-2.5-pro" };

    /// <summary>The models that can be called as <c>…-image</c>.</summary>
    public IReadOnlySet<string> ImageModels { get; init; } = new HashSet<string> { "gemini-2.0-flash-exp", "gemini-2.5-flash-image-preview" };

    /// <summary>The models that are also listed as <c>…-non-thinking</c>.</summary>
    public IReadOnlySet<string> ThinkingModels { get; init; } = new HashSet<string>();

    /// <summary>Tokens to think by model, for calls that say nothing about it; -1 lets the model decide.</summary>
    public IReadOnlyDictionary<string, int> ThinkingBudgets { get; init; } = new Dictionary<string, int>();

    /// <summary>Names that are listed and served beside the models' own.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Models that are served in place of others, by name or by the beginning of names with a <c>*</c> behind it. Not listed.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether answers of <c>…-search</c> end with the list of their sources.</summary>
    public bool ShowsSearchLinks { get; init; } = true;

    public bool OffersCodeExecution { get; init; }

    public bool OffersUrlContext { get; init; }

    /// <summary>The models that are offered to read addresses.</summary>
    public IReadOnlySet<string> UrlContextModels { get; init; } =
        new HashSet<string> { "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-2.0-flash", "gemini-2.0-flash-live-001" };

    /// <summary>The model for OpenAI's embedding models.</summary>
    public string Embedding { get; init; } = "gemini-embedding-001";

    /// <summary>What names may be derived from models' own.</summary>
    public ModelRules Rules => new() { SearchModels = SearchModels, ImageModels = ImageModels, Aliases = Names };

    // An alias and a replacement are the same to a call; an alias wins.
    private IReadOnlyDictionary<string, string> Names => Map.Count == 0 ? Aliases : Aliases.Count == 0 ? Map : new Dictionary<string, string>(Map.Concat(Aliases).GroupBy(name => name.Key, name => name.Value, StringComparer.Ordinal).Select(name => KeyValuePair.Create(name.Key, name.Last())));
}
