using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Models;

/// <summary>Takes a model's name apart. Pure. A name that is a model's own is never cut, whatever it ends with.</summary>
public static class ModelRequestParser
{
    /// <param name="name">The client's spelling, with or without <c>models/</c>.</param>
    /// <param name="rules">What the operator allows.</param>
    /// <param name="models">The ids of all models that are known to exist; empty when none are known yet.</param>
    /// <exception cref="TranslationException">It is no name, or asks a model for what it is not set up for.</exception>
    public static ModelRequest Parse(string name, ModelRules rules, IReadOnlySet<string> models) =>
        Split(ModelName.Normalize(name), rules, models) with { Name = name };

    /// <summary>The same for a name that needs no normalizing, such as one out of a path.</summary>
    public static ModelRequest Split(string model, ModelRules rules, IReadOnlySet<string> models)
    {
        var found = Resolve(model, rules, models);
        if (found.Features.Search && !rules.SearchModels.Contains(found.Model))
        {
            throw new TranslationException(
                $"The model '{found.Model}' is not set up for search: add it to SEARCH_MODELS, or leave '{ModelSuffix.Search}' out of the name.", "model", "model_not_found");
        }

        return found with { Name = model };
    }

    /// <summary>The upstream's model behind a name, whatever the name asks of it.</summary>
    public static string ModelOf(string name, ModelRules rules, IReadOnlySet<string> models) => Resolve(name, rules, models).Model;

    private static ModelRequest Resolve(string name, ModelRules rules, IReadOnlySet<string> models)
    {
        if (rules.Aliases.TryGetValue(name, out var target))
        {
            return Cut(ModelName.Normalize(target), rules, models);
        }

        if (IsModel(name, models))
        {
            return Plain(name);
        }

        if (ModelSuffix.Find(name) is { } suffix)
        {
            var inner = Resolve(name[..^suffix.Length], rules, models);
            if (!suffix.Features.Image || rules.ImageModels.Contains(inner.Model))
            {
                return inner with { Features = suffix.Features.Over(inner.Features) };
            }
        }

        return FindBeginning(name, rules.Aliases) is { } family ? Cut(ModelName.Normalize(family), rules, models) : Plain(name);
    }

    // Without aliases, which therefore cannot lead in a circle.
    private static ModelRequest Cut(string name, ModelRules rules, IReadOnlySet<string> models)
    {
        if (!IsModel(name, models) && ModelSuffix.Find(name) is { } suffix)
        {
            var inner = Cut(name[..^suffix.Length], rules, models);
            if (!suffix.Features.Image || rules.ImageModels.Contains(inner.Model))
            {
                return inner with { Features = suffix.Features.Over(inner.Features) };
            }
        }

        return Plain(name);
    }

    private static ModelRequest Plain(string name) => new(name, name, ModelFeatures.None);

    private static bool IsModel(string name, IReadOnlySet<string> models) => models.Contains(name) || WellKnownModels.EndLikeSuffix.Contains(name);

    private static string? FindBeginning(string name, IReadOnlyDictionary<string, string> aliases)
    {
        string? best = null;
        foreach (var pattern in aliases.Keys)
        {
            if (pattern[^1] == '*' && pattern.Length > (best?.Length ?? 0) && name.AsSpan().StartsWith(pattern.AsSpan()[..^1], StringComparison.Ordinal))
            {
                best = pattern;
            }
        }

        return best is null ? null : aliases[best];
    }
}
