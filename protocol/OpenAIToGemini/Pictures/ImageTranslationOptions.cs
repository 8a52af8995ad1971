using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the translation of a request for pictures needs beside it.</summary>
public sealed record ImageTranslationOptions
{
    /// <summary>The upstream's model, after <see cref="ImageModels.Resolve"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Whether pictures are changed and not only made.</summary>
    public bool IsEdit { get; init; }

    /// <summary>The pictures of the request, in its order.</summary>
    public IReadOnlyList<MediaContent> Images { get; init; } = [];

    public MediaContent? Mask { get; init; }

    public IReadOnlyList<GeminiSafetySetting> SafetySettings { get; init; } = [];
}
