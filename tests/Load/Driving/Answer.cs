namespace GeminiBalance.Load.Driving;

/// <summary>How one request of a timetable ended. Times count from the start of the run.</summary>
/// <param name="Scheduled">When it was due; latencies count from here, however late the generator or the server was.</param>
/// <param name="FirstByte">When the first byte of the body was there.</param>
/// <param name="Ended">When the body was complete, or the call had failed.</param>
/// <param name="Status">The status code; 0 when the connection failed.</param>
/// <param name="RetryAfter">The header as sent.</param>
internal readonly record struct Answer(TimeSpan Scheduled, TimeSpan FirstByte, TimeSpan Ended, int Status, string? RetryAfter);
