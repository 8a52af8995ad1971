namespace GeminiBalance.Load.Measuring;

/// <summary>What the enforcing upstream counted on its own clock.</summary>
/// <param name="Requests">Calls that reached it.</param>
/// <param name="Served">Calls it answered 200, to the end.</param>
/// <param name="RateLimited">Calls it refused with 429.</param>
/// <param name="Violations">Times a key had more than its limit.</param>
/// <param name="FullestWindow">The most calls of one key in any 60 s.</param>
internal sealed record UpstreamStatistics(long Requests, long Served, long RateLimited, long Violations, long FullestWindow);
