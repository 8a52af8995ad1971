namespace GeminiBalance.Load.Driving;

/// <summary>How one request of a timetable ended. Times count from the start of the run.</summary>
/// <param name="Scheduled">When it was due; latencies count from here, however late the generator or the server was.</param>
/// <param name="FirstByte">When the first byte of the body was there.</param>
/// <param name="Ended">When the body was complete, or the call had failed.</param>
/// <param name="Status">The status code; 0 when the connection failed.</param>
/// <param name="RetryAfter">The header as sent.</param>
internal readonly record struct Answer(TimeSpan Scheduled, TimeSpan FirstByte, TimeSpan Ended, int Status, string? RetryAfter)
{
    /// <summary>Which of several servers had it last, from 0.</summary>
    public int Server { get; init; }

    /// <summary>When it was sent to that one.</summary>
    public TimeSpan Began { get; init; }

    /// <summary>How many servers it was sent to in vain before.</summary>
    public int Resent { get; init; }

    /// <summary>The public id of the API key that served it; null when the server named none.</summary>
    public string? KeyId { get; init; }
}
