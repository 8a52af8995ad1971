namespace GeminiBalance.Gateway.Endpoints;

/// <summary>An error as a client is told of it, in the words of both faces.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="GoogleStatus">The name of the <c>google.rpc.Code</c>.</param>
/// <param name="Type">OpenAI's <c>error.type</c>.</param>
/// <param name="Code">OpenAI's <c>error.code</c>.</param>
/// <param name="Message">For people. It never quotes a credential or an upstream's text that was not redacted.</param>
internal sealed record ClientError(int Status, string GoogleStatus, string Type, string? Code, string Message)
{
    /// <summary>OpenAI's <c>error.param</c>: the field at fault.</summary>
    public string? Param { get; init; }

    /// <summary>When asking again can succeed.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ClientError InvalidRequest(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", "invalid_request_error", code, message) { Param = param };

    public static ClientError ModelNotFound(string model) => new(
        StatusCodes.Status404NotFound,
        "NOT_FOUND",
        "invalid_request_error",
        "model_not_found",
        $"The model '{model}' does not exist, or no API key of this gateway offers it.") { Param = "model" };

    public static ClientError UnknownRoute(string method, string path) => new(
        StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "unknown_url", $"Unknown request URL: {method} {path}.");

    public static ClientError WrongVerb(string method, string path) => new(
        StatusCodes.Status405MethodNotAllowed, "UNIMPLEMENTED", "invalid_request_error", "method_not_supported", $"Not allowed: {method} {path}.");

    public static ClientError TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        "INVALID_ARGUMENT",
        "invalid_request_error",
        "request_too_large",
        $"The request body is larger than {Limits.RequestBodyBytesMax / (1024 * 1024)} MB.");

    public static ClientError Internal() => new(
        StatusCodes.Status500InternalServerError, "INTERNAL", "server_error", "internal_error", "The gateway failed. The operator finds the cause in its log.");
}
