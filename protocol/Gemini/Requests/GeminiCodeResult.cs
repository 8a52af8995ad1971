namespace GeminiBalance.Protocol.Gemini;

/// <param name="Outcome">Such as <c>OUTCOME_OK</c>.</param>
/// <param name="Output">What the code printed, or why it failed.</param>
public sealed record GeminiCodeResult(string Outcome, string Output);
