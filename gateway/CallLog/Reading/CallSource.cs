namespace GeminiBalance.Gateway.CallLog;

/// <summary>Where sums come from.</summary>
internal enum CallSource
{
    /// <summary>The rows of the request log: exact to the millisecond, and slow for long spans.</summary>
    Requests = 1,

    /// <summary>The counters per minute, of the last <see cref="Limits.MinuteCountAge"/>; per key of the last <see cref="Limits.KeyMinuteCountAge"/>.</summary>
    Minutes = 2,

    /// <summary>The counters per hour, of the last <see cref="Limits.HourCountAge"/>.</summary>
    Hours = 3,
}
