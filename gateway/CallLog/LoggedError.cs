namespace GeminiBalance.Gateway.CallLog;

/// <summary>One failed attempt, as the error log keeps it. Every text is redacted and bounded.</summary>
/// <param name="Attempt">The attempt that failed.</param>
/// <param name="Detail">Status and reason, such as <c>403 CONSUMER_SUSPENDED</c>.</param>
/// <param name="Message">What the upstream said.</param>
/// <param name="RequestBody">The beginning of what was sent; null unless <c>ERROR_LOG_RECORD_REQUEST_BODY</c> asks for it.</param>
internal sealed record LoggedError(LoggedAttempt Attempt, string? Detail, string? Message, string? RequestBody);
