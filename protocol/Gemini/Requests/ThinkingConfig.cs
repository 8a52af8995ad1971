namespace GeminiBalance.Protocol.Gemini;

/// <summary>Either a budget (Gemini 2.5) or a level (Gemini 3): both in one request are refused.</summary>
public sealed class ThinkingConfig
{
    public bool? IncludeThoughts { get; init; }

    /// <summary>Tokens; 0 is off where possible, -1 lets the model decide.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary><c>MINIMAL</c>, <c>LOW</c>, <c>MEDIUM</c> or <c>HIGH</c>.</summary>
    public string? ThinkingLevel { get; init; }
}
