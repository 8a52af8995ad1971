using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What is spoken where the client leaves it open, or speaks of OpenAI's models.</summary>
public sealed record SpeechSettings
{
    /// <summary>The model for OpenAI's speech models.</summary>
    public string Model { get; init; } = "gemini-2.5-flash-preview-tts";

    /// <summary>Gemini's voice for calls that name none.</summary>
    public string Voice { get; init; } = "Zephyr";

    /// <summary>The pace of calls whose speed is 1.</summary>
    public SpeechPace Pace { get; init; } = SpeechPace.Normal;

    /// <summary>The model for OpenAI's transcription models.</summary>
    public string TranscriptionModel { get; init; } = "gemini-2.5-flash";
}
