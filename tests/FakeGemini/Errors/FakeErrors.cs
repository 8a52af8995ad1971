namespace GeminiBalance.FakeGemini;

/// <summary>The real API's errors, worded as reported and recorded.</summary>
internal static class FakeErrors
{
    private const string Quota = "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: https://ai.dev/rate-limit. ";
    private const string KeyInvalid = "API key not valid. Please pass a valid API key.";

    public static FakeError Page404 { get; } = new(404, "Not Found", "The requested URL was not found on this server.") { IsPage = true };

    public static FakeError TwoCredentials { get; } = FakeError.Invalid("Multiple authentication credentials received. Please pass only one.");

    public static FakeError Create(FakeErrorKind kind, FakeCall call, Knob? knob = null) => kind switch
    {
        FakeErrorKind.ApiKeyInvalid => KeyError(KeyInvalid),
        FakeErrorKind.ApiKeyExpired => KeyError("API key expired. Please renew the API key."),
        FakeErrorKind.LocationUnsupported => new(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
        FakeErrorKind.InvalidArgument => FakeError.Invalid("Request contains an invalid argument."),
        FakeErrorKind.AccessTokenTypeUnsupported => new(401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.", writer => ErrorDetails.Info(writer, "ACCESS_TOKEN_TYPE_UNSUPPORTED", ("method", "google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent"))),
        FakeErrorKind.PrepayDepleted => new(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing."),
        FakeErrorKind.UnregisteredCaller => Denied("Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."),
        FakeErrorKind.ConsumerSuspended => Denied($"Permission denied: Consumer 'api_key:{call.Key}' has been suspended.", "CONSUMER_SUSPENDED", ("consumer", "projects/123456789012"), ("containerInfo", $"api_key:{call.Key}")),
        FakeErrorKind.KeyLeaked => Denied("Your API key was reported as leaked. Please use another API key."),
        FakeErrorKind.ServiceDisabled => Denied("Generative Language API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project=123456789012 then retry.", "SERVICE_DISABLED", ("consumer", "projects/123456789012")),
        FakeErrorKind.ServiceBlocked => Denied("Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked.", "API_KEY_SERVICE_BLOCKED", ("consumer", "projects/123456789012")),
        FakeErrorKind.PermissionDenied => Denied("The caller does not have permission"),
        FakeErrorKind.ModelNotFound => ModelNotFound(call.Model, call.Method),
        FakeErrorKind.TooLarge => new(413, "Request Entity Too Large", "Your client issued a request that was too large.") { IsPage = true },
        FakeErrorKind.RequestsPerMinute => Exhausted(call, [Breach(FakeErrorKind.RequestsPerMinute, knob?.QuotaValue ?? 5)], knob?.RetryDelay ?? "34s"),
        FakeErrorKind.TokensPerMinute => Exhausted(call, [Breach(FakeErrorKind.TokensPerMinute, knob?.QuotaValue ?? 250_000)], knob?.RetryDelay ?? "26s"),
        FakeErrorKind.RequestsPerDay => Exhausted(call, [Breach(FakeErrorKind.RequestsPerDay, knob?.QuotaValue ?? 20)], knob?.RetryDelay ?? "36s"),
        FakeErrorKind.QuotaZero => Exhausted(call, [Breach(FakeErrorKind.RequestsPerDay, 0), Breach(FakeErrorKind.RequestsPerMinute, 0)], knob?.RetryDelay ?? "5s"),
        FakeErrorKind.ExhaustedBare => new(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
        FakeErrorKind.Cancelled => new(499, "CANCELLED", "The operation was cancelled."),
        FakeErrorKind.Internal => new(500, "INTERNAL", "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting"),
        FakeErrorKind.BadGateway => new(502, "Server Error", "The server encountered a temporary error and could not complete your request.") { IsPage = true },
        FakeErrorKind.Overloaded => new(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
        FakeErrorKind.DeadlineExceeded => new(504, "DEADLINE_EXCEEDED", "The request timed out. Please try again."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a known error."),
    };

    /// <summary>The kind that stands for a status of which only the number was given.</summary>
    public static FakeErrorKind KindOf(int status) => status switch
    {
        400 => FakeErrorKind.InvalidArgument,
        401 => FakeErrorKind.AccessTokenTypeUnsupported,
        402 => FakeErrorKind.PrepayDepleted,
        403 => FakeErrorKind.PermissionDenied,
        404 => FakeErrorKind.ModelNotFound,
        413 => FakeErrorKind.TooLarge,
        429 => FakeErrorKind.RequestsPerMinute,
        499 => FakeErrorKind.Cancelled,
        500 => FakeErrorKind.Internal,
        502 => FakeErrorKind.BadGateway,
        503 => FakeErrorKind.Overloaded,
        504 => FakeErrorKind.DeadlineExceeded,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No error of this status is known; give a body."),
    };

    public static FakeError ModelNotFound(string model, string method)
    {
        var message = $"models/{model} is not found for API version v1beta, or is not supported for {method}. Call ModelService.ListModels to see the list of available models and their supported methods.";
        return new(404, "NOT_FOUND", message, writer => ErrorDetails.Debug(writer, "not_found", message));
    }

    public static FakeError Exhausted(FakeCall call, IReadOnlyList<QuotaBreach> breaches, string retryDelay)
    {
        var lines = breaches.Select(breach => $"\n* Quota exceeded for metric: {breach.Metric}, limit: {breach.Limit}, model: {call.Model}");
        return new(429, "RESOURCE_EXHAUSTED", $"{Quota}{string.Concat(lines)}\nPlease retry in {retryDelay}.", writer =>
        {
            ErrorDetails.Help(writer);
            ErrorDetails.QuotaFailure(writer, breaches, call.Model);
            ErrorDetails.Retry(writer, retryDelay);
        });
    }

    private static QuotaBreach Breach(FakeErrorKind kind, long limit) => new(kind, limit, TimeSpan.Zero);

    private static FakeError KeyError(string message) => FakeError.Invalid(message, writer =>
    {
        ErrorDetails.Info(writer, "API_KEY_INVALID");
        ErrorDetails.Localized(writer, message);
    });

    private static FakeError Denied(string message) => new(403, "PERMISSION_DENIED", message);

    private static FakeError Denied(string message, string reason, params (string, string)[] metadata) =>
        new(403, "PERMISSION_DENIED", message, writer => ErrorDetails.Info(writer, reason, metadata));
}
