namespace GeminiBalance.Gateway.Admin;

/// <summary>One call as gemini-balance lists it, with the key's id beside its masked form.</summary>
internal sealed record CallView(DateTimeOffset Timestamp, string? Key, string KeyId, string Model, string Status, int? StatusCode, int LatencyMs);
