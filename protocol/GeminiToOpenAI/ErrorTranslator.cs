using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>An upstream failure in the client's dialect. Call it with the last one, after other keys were tried.</summary>
public static class ErrorTranslator
{
    /// <param name="upstreamStatus">The HTTP status; for an error within a stream its <see cref="GeminiErrorStatus.Code"/>.</param>
    /// <param name="error">Null when the body was no error object, such as a front end's HTML.</param>
    public static OpenAIError ToOpenAI(int upstreamStatus, GeminiErrorStatus? error)
    {
        var kind = UpstreamErrors.KindOf(upstreamStatus, error);
        var status = UpstreamErrors.StatusFor(kind, upstreamStatus);
        var message = UpstreamErrors.MessageFor(kind, upstreamStatus, error);
        return kind switch
        {
            UpstreamErrorKind.InvalidRequest => new(status, message, "invalid_request_error"),
            UpstreamErrorKind.ContextTooLong => new(status, message, "invalid_request_error", "messages", "context_length_exceeded"),
            UpstreamErrorKind.RequestTooLarge => new(status, message, "invalid_request_error", null, "request_too_large"),
            UpstreamErrorKind.ModelNotFound => new(status, message, "invalid_request_error", "model", "model_not_found"),
            UpstreamErrorKind.RateLimited => new(status, message, IsAboutTokens(error) ? "tokens" : "requests", null, "rate_limit_exceeded"),
            UpstreamErrorKind.QuotaExhausted => new(status, message, "insufficient_quota", null, "insufficient_quota"),
            UpstreamErrorKind.OwnKeyRefused or UpstreamErrorKind.OwnKeyUnpaid => new(status, message, "server_error", null, "upstream_credentials"),
            UpstreamErrorKind.Cancelled => new(status, message, "server_error", null, "cancelled"),
            _ => new(status, message, "server_error", null, upstreamStatus == 503 ? "overloaded" : null),
        };
    }

    /// <summary>A request that could not be translated.</summary>
    public static OpenAIError ToOpenAI(TranslationException exception) =>
        new(400, exception.Message, "invalid_request_error", exception.Param, exception.Code);

    /// <summary>For clients of the Gemini face, where the upstream's own body cannot be passed on because it speaks of the service's keys.</summary>
    public static GoogleError ToGoogle(int upstreamStatus, GeminiErrorStatus? error)
    {
        var kind = UpstreamErrors.KindOf(upstreamStatus, error);
        var status = kind == UpstreamErrorKind.RequestTooLarge ? upstreamStatus : UpstreamErrors.StatusFor(kind, upstreamStatus);
        var name = status == upstreamStatus ? error?.Status ?? GoogleError.StatusOf(status) : GoogleError.StatusOf(status);
        return new GoogleError(status, name, UpstreamErrors.MessageFor(kind, upstreamStatus, error), error?.RetryDelay);
    }

    private static bool IsAboutTokens(GeminiErrorStatus? error) =>
        error?.QuotaViolations.Any(violation => violation.QuotaId?.Contains("Tokens", StringComparison.Ordinal) is true) is true;
}
