namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Names">The tools that may be called; null for all of them.</param>
public sealed record ToolChoice(ToolChoiceMode Mode, IReadOnlyList<string>? Names = null);
