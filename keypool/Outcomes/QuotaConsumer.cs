namespace GeminiBalance.KeyPool;

/// <summary>Whose quota an error of the upstream speaks of, and of which.</summary>
/// <param name="Project">Such as <c>projects/123</c>; null when it does not say.</param>
/// <param name="QuotaId">The first quota named, such as <c>GenerateRequestsPerMinutePerProjectPerModel</c>; null when none is.</param>
public readonly record struct QuotaConsumer(string? Project, string? QuotaId);
