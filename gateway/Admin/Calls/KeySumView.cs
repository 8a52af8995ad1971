namespace GeminiBalance.Gateway.Admin;

/// <param name="KeyId">The key's public id.</param>
/// <param name="Key">Its first and last characters; null when it has left the pool.</param>
/// <param name="Calls">Its calls.</param>
internal sealed record KeySumView(string KeyId, string? Key, CallSumView Calls);
