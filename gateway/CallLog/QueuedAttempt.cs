namespace GeminiBalance.Gateway.CallLog;

/// <summary>A row of the log on its way to the store.</summary>
/// <param name="Attempt">What the request log keeps.</param>
/// <param name="Fault">What the error log keeps beside it; null when it was no failure.</param>
internal readonly record struct QueuedAttempt(LoggedAttempt Attempt, AttemptFault? Fault);
