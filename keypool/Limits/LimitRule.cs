namespace GeminiBalance.KeyPool;

/// <summary>A partial limit from the settings: what is null falls through to the next rule.</summary>
public sealed record LimitRule(long? RequestsPerMinute = null, long? TokensPerMinute = null, long? RequestsPerDay = null);
