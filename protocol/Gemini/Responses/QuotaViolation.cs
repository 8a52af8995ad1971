namespace GeminiBalance.Protocol.Gemini;

/// <param name="QuotaId">Such as <c>GenerateRequestsPerDayPerProjectPerModel-FreeTier</c>.</param>
/// <param name="QuotaMetric">Such as <c>generativelanguage.googleapis.com/generate_content_free_tier_requests</c>.</param>
/// <param name="QuotaValue">The limit; 0 means the model is not in this tier; null when missing.</param>
/// <param name="Model">The dimension <c>model</c>.</param>
public sealed record QuotaViolation(string? QuotaId, string? QuotaMetric, long? QuotaValue, string? Model);
