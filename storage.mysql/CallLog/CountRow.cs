namespace GeminiBalance.Storage.MySql;

/// <summary>What to add to one counter.</summary>
/// <param name="Start">The beginning of the minute or hour, in seconds since 1970.</param>
/// <param name="KeyId">Empty for all keys together.</param>
/// <param name="Model">The model.</param>
/// <param name="Outcome">How the calls ended.</param>
/// <param name="Calls">How many there were.</param>
/// <param name="PromptTokens">Their input tokens.</param>
/// <param name="OutputTokens">Their output tokens.</param>
/// <param name="LatencyMs">Their latencies together.</param>
public readonly record struct CountRow(long Start, string KeyId, string Model, int Outcome, long Calls, long PromptTokens, long OutputTokens, long LatencyMs);
