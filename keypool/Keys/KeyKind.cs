namespace GeminiBalance.KeyPool;

/// <summary>Which of Google's services takes a key. Stored as numbers: never renumber.</summary>
public enum KeyKind
{
    /// <summary>The Gemini API of AI Studio.</summary>
    Gemini = 1,

    /// <summary>Vertex AI in express mode: other addresses, other quotas.</summary>
    Vertex = 2,
}
