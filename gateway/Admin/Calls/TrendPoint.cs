namespace GeminiBalance.Gateway.Admin;

/// <param name="Start">The beginning of the minute or hour. Those without calls are left out.</param>
/// <param name="Calls">The calls in it.</param>
internal sealed record TrendPoint(DateTimeOffset Start, CallSumView Calls);
