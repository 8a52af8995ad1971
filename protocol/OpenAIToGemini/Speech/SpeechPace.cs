namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>How fast is spoken where the client says nothing.</summary>
public enum SpeechPace
{
    Normal = 0,
    Slow = 1,
    Fast = 2,
}
