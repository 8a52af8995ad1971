namespace GeminiBalance.Gateway.Admin;

/// <summary>How this process keeps up with writing the log.</summary>
/// <param name="Queued">Rows that wait.</param>
/// <param name="QueuedMax">How many may.</param>
/// <param name="Written">Rows written since the start.</param>
/// <param name="Dropped">Rows that found the queue full since the start.</param>
/// <param name="Uncounted">Those of them that the statistics miss too.</param>
/// <param name="WriteFailures">Writes that failed since the start.</param>
/// <param name="FailingSince">Since when the database does not take the log; null while it does.</param>
internal sealed record LogStatusAnswer(int Queued, int QueuedMax, long Written, long Dropped, long Uncounted, long WriteFailures, DateTimeOffset? FailingSince);
