namespace GeminiBalance.Protocol.OpenAI;

/// <summary>How much to think, from all the spellings clients use; the most exact one wins.</summary>
/// <param name="Effort">One of OpenAI's seven, lower case.</param>
/// <param name="BudgetTokens">-1 lets the model decide.</param>
/// <param name="HideThoughts">The client asked for thoughts to be left out of the answer.</param>
public sealed record ReasoningOptions(string? Effort, int? BudgetTokens, bool HideThoughts);
