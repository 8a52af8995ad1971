namespace GeminiBalance.Gateway.CallLog;

/// <summary>A span of time that people ask for, up to now. Counted in whole minutes or hours, the one under way included; the last minute to the millisecond.</summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="Length">How long it is.</param>
internal sealed record CallPeriod(string Name, TimeSpan Length)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static IReadOnlyList<CallPeriod> All { get; } =
    [
        new("1m", TimeSpan.FromMinutes(1)), new("1h", TimeSpan.FromHours(1)), new("8h", TimeSpan.FromHours(8)), new("24h", Day), new("30d", 30 * Day),
    ];

    public static CallPeriod? Find(string? name) => All.FirstOrDefault(period => period.Name == name);

    /// <param name="by">What there is one sum for.</param>
    /// <param name="keyId">One key, or null for all.</param>
    /// <param name="now">The time.</param>
    /// <param name="groupsMax">The largest number of groups.</param>
    public CallSumQuery Query(CallGrouping by, string? keyId, DateTimeOffset now, int groupsMax = 1000)
    {
        // Counters of single keys are not kept per minute for long.
        var isOfKeys = by == CallGrouping.Key || keyId is not null;
        var source = Length <= TimeSpan.FromMinutes(1) ? CallSource.Requests
            : Length <= (isOfKeys ? TimeSpan.FromHours(1) : Day) ? CallSource.Minutes
            : CallSource.Hours;
        return new CallSumQuery(source, now - Length, by, keyId, groupsMax);
    }

    /// <summary>The sums over time: per minute up to an hour, then per hour.</summary>
    public CallSumQuery Trend(string? keyId, DateTimeOffset now) =>
        Query(Length <= TimeSpan.FromHours(1) ? CallGrouping.Minute : CallGrouping.Hour, keyId, now);
}
