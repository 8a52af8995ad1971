namespace GeminiBalance.KeyPool;

/// <summary>
/// Days of America/Los_Angeles, at whose midnight daily quotas reset. Reckoned by the rule of the United States since 2007
/// (daylight saving from the second Sunday of March 02:00 to the first Sunday of November 02:00), so that no time zone database is needed.
/// </summary>
public static class PacificDay
{
    private const long StandardOffset = -8 * TimeSpan.TicksPerHour;
    private const long DaylightOffset = -7 * TimeSpan.TicksPerHour;
    private static Span? last;

    /// <summary>The number of the Pacific day (days since 0001-01-01, see <see cref="DateOnly.DayNumber"/>) in which a moment lies.</summary>
    public static int Of(DateTimeOffset moment) => Of(moment.UtcTicks);

    /// <summary>The moment at which a Pacific day begins.</summary>
    public static DateTimeOffset StartOf(int day) => new(StartTicks(day), TimeSpan.Zero);

    internal static int Of(long utcTicks)
    {
        var known = Volatile.Read(ref last);
        if (known is not null && utcTicks >= known.Start && utcTicks < known.End)
        {
            return known.Day;
        }

        var day = (int)((utcTicks + OffsetAt(utcTicks)) / TimeSpan.TicksPerDay);
        Volatile.Write(ref last, new Span(day, StartTicks(day), StartTicks(day + 1)));
        return day;
    }

    /// <summary>UTC ticks of the midnight at which the day begins. Clocks change at 02:00, so midnight itself has the offset of the evening before.</summary>
    internal static long StartTicks(int day)
    {
        var local = day * TimeSpan.TicksPerDay;
        var standard = local - StandardOffset;
        return OffsetAt(standard - TimeSpan.TicksPerHour) == DaylightOffset ? local - DaylightOffset : standard;
    }

    private static long OffsetAt(long utcTicks)
    {
        var year = new DateTime(utcTicks, DateTimeKind.Utc).Year;
        var begins = NthSunday(year, 3, 2) + (2 * TimeSpan.TicksPerHour) - StandardOffset;
        var ends = NthSunday(year, 11, 1) + (2 * TimeSpan.TicksPerHour) - DaylightOffset;
        return utcTicks >= begins && utcTicks < ends ? DaylightOffset : StandardOffset;
    }

    private static long NthSunday(int year, int month, int nth)
    {
        var first = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc);
        var untilSunday = (7 - (int)first.DayOfWeek) % 7;
        return first.AddDays(untilSunday + (7 * (nth - 1))).Ticks;
    }

    private sealed record Span(int Day, long Start, long End);
}
