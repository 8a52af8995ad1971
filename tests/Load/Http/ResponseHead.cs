namespace GeminiBalance.Load.Http;

/// <summary>What a load generator wants to know of an answer's head.</summary>
/// <param name="Status">The status code.</param>
/// <param name="RetryAfter">The header's value as sent; null when there is none.</param>
/// <param name="KeyId">Which API key served the call, where the gateway says so.</param>
internal readonly record struct ResponseHead(int Status, string? RetryAfter, string? KeyId = null);
