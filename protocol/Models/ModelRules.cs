using System.Collections.Frozen;

namespace GeminiBalance.Protocol.Models;

/// <summary>Which names an operator lets clients derive from models' own.</summary>
public sealed record ModelRules
{
    public static ModelRules None { get; } = new();

    /// <summary>The models that take <c>-search</c>.</summary>
    public IReadOnlySet<string> SearchModels { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The models that take <c>-image</c>.</summary>
    public IReadOnlySet<string> ImageModels { get; init; } = FrozenSet<string>.Empty;

    /// <summary>
    /// Other names for models: the name, or the beginning of names with a <c>*</c> behind it, to a model with or without suffixes.
    /// What one maps to is not mapped again.
    /// </summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = FrozenDictionary<string, string>.Empty;
}
