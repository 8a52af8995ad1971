namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>How a model is told how much to think.</summary>
internal enum ThinkingControl
{
    /// <summary>Not at all: any <c>thinkingConfig</c> is refused.</summary>
    None,

    /// <summary><c>thinkingBudget</c>, tokens (Gemini 2.5).</summary>
    Budget,

    /// <summary><c>thinkingLevel</c> (Gemini 3 and newer).</summary>
    Level,
}
