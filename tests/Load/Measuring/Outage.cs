namespace GeminiBalance.Load.Measuring;

/// <summary>The time from the kill of the gateway to its listening again. Times count from the start of the run.</summary>
internal readonly record struct Outage(TimeSpan From, TimeSpan Until);
