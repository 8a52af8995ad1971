namespace GeminiBalance.Gateway.Admin;

/// <summary>gemini-balance's list of keys, with masked keys: <c>{"status","data":{"valid_keys","invalid_keys"},"total"}</c>.</summary>
internal sealed record KeyListAnswer(string Status, KeyListData Data, int Total);
