using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Models;

/// <summary>What the suffixes of a model's name ask for, whatever the dialect of the request.</summary>
public sealed record ModelFeatures
{
    public static ModelFeatures None { get; } = new();

    /// <summary><c>-search</c>: answers are grounded with Google's search.</summary>
    public bool Search { get; init; }

    /// <summary><c>-image</c>: the answer holds text and pictures.</summary>
    public bool Image { get; init; }

    /// <summary><c>-thinking</c>, <c>-thinking-8192</c>, <c>-thinking-low</c>, <c>-non-thinking</c>: how much to think; null when the name does not say.</summary>
    public ReasoningOptions? Thinking { get; init; }

    public bool IsEmpty => this == None;

    /// <summary>Both together; where they disagree, these win.</summary>
    public ModelFeatures Over(ModelFeatures inner) =>
        new() { Search = Search || inner.Search, Image = Image || inner.Image, Thinking = Thinking ?? inner.Thinking };
}
