namespace GeminiBalance.FakeGemini;

/// <summary>One limit that a request would have exceeded.</summary>
/// <param name="Kind">Which limit.</param>
/// <param name="Limit">Its value.</param>
/// <param name="RetryAfter">Until the request would fit.</param>
internal readonly record struct QuotaBreach(FakeErrorKind Kind, long Limit, TimeSpan RetryAfter)
{
    public string QuotaId => Kind switch
    {
        FakeErrorKind.TokensPerMinute => "GenerateContentInputTokensPerModelPerMinute-FreeTier",
        FakeErrorKind.RequestsPerDay => "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
        _ => "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
    };

    public string Metric => Kind == FakeErrorKind.TokensPerMinute
        ? "generativelanguage.googleapis.com/generate_content_free_tier_input_token_count"
        : "generativelanguage.googleapis.com/generate_content_free_tier_requests";
}
