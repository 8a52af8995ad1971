using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The one place that reads an upstream error on behalf of a client.</summary>
internal static class UpstreamErrors
{
    /// <param name="status">The HTTP status, or the error's own code when it came in the middle of a stream.</param>
    public static UpstreamErrorKind KindOf(int status, GeminiErrorStatus? error) => status switch
    {
        400 when IsOwnKey(error) => UpstreamErrorKind.OwnKeyRefused,
        400 when IsTooLong(error) => UpstreamErrorKind.ContextTooLong,
        401 or 403 => UpstreamErrorKind.OwnKeyRefused,
        402 => UpstreamErrorKind.OwnKeyUnpaid,
        404 => UpstreamErrorKind.ModelNotFound,
        413 => UpstreamErrorKind.RequestTooLarge,
        429 when IsDaily(error) => UpstreamErrorKind.QuotaExhausted,
        429 => UpstreamErrorKind.RateLimited,
        499 => UpstreamErrorKind.Cancelled,
        >= 400 and < 500 => UpstreamErrorKind.InvalidRequest,
        >= 500 and < 600 => UpstreamErrorKind.UpstreamFailed,
        _ => UpstreamErrorKind.UpstreamConfused,
    };

    /// <summary>The status the client gets. 401 and 403 are never among them: a client would throw away its own key.</summary>
    public static int StatusFor(UpstreamErrorKind kind, int status) => kind switch
    {
        UpstreamErrorKind.RequestTooLarge or UpstreamErrorKind.ContextTooLong => 400,
        UpstreamErrorKind.OwnKeyRefused or UpstreamErrorKind.UpstreamConfused => 502,
        UpstreamErrorKind.OwnKeyUnpaid => 503,
        _ => status,
    };

    /// <summary>What the client is told. Messages about the service's own keys are replaced: they speak of things the client cannot mend.</summary>
    public static string MessageFor(UpstreamErrorKind kind, int status, GeminiErrorStatus? error) => kind switch
    {
        UpstreamErrorKind.OwnKeyRefused or UpstreamErrorKind.OwnKeyUnpaid => "The service could not use its upstream credentials for this request.",
        _ when error is { Message.Length: > 0 } => SecretRedactor.Redact(error.Message),
        UpstreamErrorKind.UpstreamConfused => "The upstream gave no usable answer.",
        _ => $"The upstream answered with status {status}.",
    };

    private static bool IsOwnKey(GeminiErrorStatus? error) =>
        error?.Reason is { } reason && (reason.StartsWith("API_KEY_", StringComparison.Ordinal) || reason is "ACCESS_TOKEN_TYPE_UNSUPPORTED" or "CREDENTIALS_MISSING");

    private static bool IsDaily(GeminiErrorStatus? error) =>
        error?.QuotaViolations.Any(violation => violation.QuotaId?.Contains("PerDay", StringComparison.Ordinal) is true) is true;

    // Google gives no reason for it; the text only picks the code that a client shows, nothing is retried or blamed on it.
    private static bool IsTooLong(GeminiErrorStatus? error) =>
        error?.Message.Contains("token count", StringComparison.OrdinalIgnoreCase) is true
        && error.Message.Contains("exceeds the maximum", StringComparison.OrdinalIgnoreCase);
}
