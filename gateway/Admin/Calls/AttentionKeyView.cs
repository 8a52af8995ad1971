namespace GeminiBalance.Gateway.Admin;

/// <summary>A key with many errors of one status, as gemini-balance lists it, with its id beside its masked form.</summary>
internal sealed record AttentionKeyView(string Key, string KeyId, long Count, int StatusCode);
