namespace GeminiBalance.Storage.MySql;

/// <summary>What calls add up to.</summary>
/// <param name="Group">A model, a key's id, an outcome's number, or the second since 1970 at which a minute or hour begins; empty for all.</param>
public sealed record SumRow(string Group, long Calls, long Succeeded, long Cancelled, long PromptTokens, long OutputTokens, long LatencyMs);
