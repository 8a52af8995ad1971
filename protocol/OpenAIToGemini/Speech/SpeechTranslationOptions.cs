using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What the translation of a request for speech needs beside the request itself.</summary>
public sealed record SpeechTranslationOptions
{
    /// <summary>The upstream's model, after <see cref="ModelName.Normalize"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Gemini's voice where the client names none, or one that is nobody's.</summary>
    public required string Voice { get; init; }

    /// <summary>The pace where the client's speed is 1.</summary>
    public SpeechPace Pace { get; init; }

    public IReadOnlyList<GeminiSafetySetting> SafetySettings { get; init; } = [];
}
