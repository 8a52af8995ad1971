namespace GeminiBalance.KeyPool;

/// <summary>What the error codes that are words stand for: the Interactions API has them in the place of numbers.</summary>
/// <remarks>https://ai.google.dev/gemini-api/docs/interactions.</remarks>
public static class UpstreamCodes
{
    /// <param name="code">Such as <c>rate_limit_exceeded</c>.</param>
    /// <returns>The HTTP status that goes with it; null for a word that is not known, or that says nothing of who is at fault.</returns>
    public static int? StatusOf(string? code) => code switch
    {
        "invalid_request" or "invalid_argument" or "failed_precondition" or "out_of_range" or "missing_thought_signature" => 400,
        "safety" or "recitation" or "prohibited_content" or "blocklist" or "spii" or "language" or "image_safety" => 400,
        "authentication" or "unauthenticated" => 401,
        "payment_required" => 402,
        "permission_denied" => 403,
        "not_found" or "model_not_found" => 404,
        "aborted" or "already_exists" or "conflict" => 409,
        "request_too_large" => 413,
        "rate_limit_exceeded" or "resource_exhausted" or "quota_exceeded" => 429,
        "cancelled" => 499,
        "internal" or "internal_error" or "server_error" or "api_error" or "unknown" => 500,
        "unimplemented" => 501,
        "unavailable" or "overloaded" or "service_unavailable" => 503,
        "deadline_exceeded" or "timeout" => 504,
        _ => null,
    };

    /// <summary>The same within a stream, where what is not found is the upstream's own result (seen: <c>Result not found</c>).</summary>
    internal static int? StatusWithin(string? code) => code == "not_found" ? null : StatusOf(code);

    internal static bool IsNotFound(string? code) => StatusOf(code) == 404;
}
