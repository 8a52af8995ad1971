namespace GeminiBalance.FakeGemini;

/// <summary>Days as quotas count them: from midnight to midnight in Los Angeles, 23 to 25 hours long.</summary>
internal sealed class PacificDay
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private PacificDay(DateOnly date)
    {
        Date = date;
        Start = Midnight(date);
        End = Midnight(date.AddDays(1));
    }

    public DateOnly Date { get; }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    public static PacificDay Of(DateTimeOffset now) => new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime));

    public bool Contains(DateTimeOffset now) => Start <= now && now < End;

    private static DateTimeOffset Midnight(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
