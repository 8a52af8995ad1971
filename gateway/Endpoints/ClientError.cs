using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Interactions;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>An error as a client is told of it, in the words of every face.</summary>
internal sealed record ClientError(OpenAIError OpenAI, GoogleError Google)
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="googleStatus">The name of the <c>google.rpc.Code</c>.</param>
    /// <param name="type">OpenAI's <c>error.type</c>.</param>
    /// <param name="code">OpenAI's <c>error.code</c>.</param>
    /// <param name="message">For people. It never quotes a credential, nor an upstream's text that was not redacted.</param>
    /// <param name="param">OpenAI's <c>error.param</c>: the field at fault.</param>
    public ClientError(int status, string googleStatus, string type, string? code, string message, string? param = null)
        : this(new OpenAIError(status, message, type, param, code), new GoogleError(status, googleStatus, message))
    {
    }

    public AnthropicError Anthropic => AnthropicError.Of(OpenAI);

    public InteractionsError Interactions => new(
        UpstreamCode ?? (OpenAI.Code is "model_not_found" ? OpenAI.Code : InteractionsError.CodeOf(Google.Status)), Google.Message);

    /// <summary>The upstream's own word for the error, where it has one.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>When asking again can succeed.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>An error of the upstream that is the client's business, redacted.</summary>
    /// <param name="status">The upstream's status.</param>
    /// <param name="error">Null when the body was no error object.</param>
    public static ClientError FromUpstream(int status, GeminiErrorStatus? error)
    {
        status = status > 0 ? status : UpstreamCodes.StatusOf(error?.CodeName) ?? 0;
        var google = ErrorTranslator.ToGoogle(status, error);
        return new(ErrorTranslator.ToOpenAI(status, error), google) { UpstreamCode = google.HttpStatus == status ? error?.CodeName : null };
    }

    public static ClientError InvalidRequest(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", "invalid_request_error", code, message, param);

    public static ClientError ModelNotFound(string model) => new(
        StatusCodes.Status404NotFound,
        "NOT_FOUND",
        "invalid_request_error",
        "model_not_found",
        $"The model '{model}' does not exist, or no API key of this gateway offers it.",
        "model");

    /// <summary>The model is there, but the upstream gives the keys nothing of it: asking again soon is of no use, which 429 would invite to.</summary>
    public static ClientError NoQuotaForModel(string model) => new(
        StatusCodes.Status404NotFound,
        "NOT_FOUND",
        "invalid_request_error",
        "model_not_found",
        $"No API key of this gateway has quota for the model '{model}': the upstream gives their tier none of it. Its operator can add a key that has (PAID_KEY),"
        + " or enable keys whose tier has changed.",
        "model");

    /// <param name="method">The verb.</param>
    /// <param name="path">The path.</param>
    /// <param name="hint">A sentence on what may be meant, with a space in front; or empty.</param>
    public static ClientError UnknownRoute(string method, string path, string hint = "") => new(
        StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "unknown_url", $"Unknown request URL: {method} {path}.{hint}");

    public static ClientError WrongVerb(string method, string path) => new(
        StatusCodes.Status405MethodNotAllowed, "UNIMPLEMENTED", "invalid_request_error", "method_not_supported", $"Not allowed: {method} {path}.");

    public static ClientError NoWebSocket(string path) => new(
        StatusCodes.Status426UpgradeRequired, "UNIMPLEMENTED", "invalid_request_error", "websocket_not_supported", $"No WebSocket at {path}: send the request with POST.");

    public static ClientError TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        "INVALID_ARGUMENT",
        "invalid_request_error",
        "request_too_large",
        $"The request body is larger than {Limits.RequestBodyBytesMax / (1024 * 1024)} MB.");

    public static ClientError Internal() => new(
        StatusCodes.Status500InternalServerError, "INTERNAL", "server_error", "internal_error", "The gateway failed. The operator finds the cause in its log.");
}
