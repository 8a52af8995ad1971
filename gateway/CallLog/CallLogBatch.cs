namespace GeminiBalance.Gateway.CallLog;

/// <summary>What is written in one transaction.</summary>
/// <param name="Writer">The process that writes; another one after each start.</param>
/// <param name="Number">Which batch of this writer it is, from one. A batch that comes again has the number it had.</param>
/// <param name="Attempts">Rows of the request log, in order.</param>
/// <param name="Errors">Rows of the error log, in order.</param>
/// <param name="Minutes">What to add to the counters per minute, sorted.</param>
/// <param name="Hours">What to add to the counters per hour, sorted.</param>
internal sealed record CallLogBatch(
    string Writer,
    long Number,
    IReadOnlyList<LoggedAttempt> Attempts,
    IReadOnlyList<LoggedError> Errors,
    IReadOnlyList<CallCount> Minutes,
    IReadOnlyList<CallCount> Hours);
