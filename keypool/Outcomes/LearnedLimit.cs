namespace GeminiBalance.KeyPool;

/// <summary>A limit the upstream named in a 429: what it counts and how much it allows.</summary>
/// <param name="Quota">What is counted.</param>
/// <param name="Value">How much the upstream allows; zero means that the model is not offered to this key.</param>
/// <param name="QuotaId">Google's name, such as <c>GenerateRequestsPerMinutePerProjectPerModel-FreeTier</c>.</param>
public sealed record LearnedLimit(QuotaKind Quota, long Value, string QuotaId);
