using System.Globalization;

namespace GeminiBalance.KeyPool.Tests.Ledger;

public sealed class PacificDayTests
{
    [Theory]
    [InlineData("2026-01-15T08:00:00Z", "2026-01-15")]
    [InlineData("2026-01-15T07:59:59.9999999Z", "2026-01-14")]
    [InlineData("2026-07-15T07:00:00Z", "2026-07-15")]
    [InlineData("2026-07-15T06:59:59.9999999Z", "2026-07-14")]
    [InlineData("2026-03-08T08:00:00Z", "2026-03-08")] // The day daylight saving begins: midnight is still standard time,
    [InlineData("2026-03-09T06:59:59.9999999Z", "2026-03-08")] // and the day has 23 hours.
    [InlineData("2026-03-09T07:00:00Z", "2026-03-09")]
    [InlineData("2026-11-01T07:00:00Z", "2026-11-01")] // The day it ends: 25 hours.
    [InlineData("2026-11-02T07:59:59.9999999Z", "2026-11-01")]
    [InlineData("2026-11-02T08:00:00Z", "2026-11-02")]
    public void Of_AroundMidnight_TurnsToTheTick(string moment, string day) =>
        Assert.Equal(
            DateOnly.Parse(day, CultureInfo.InvariantCulture).DayNumber,
            PacificDay.Of(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));

    [Fact]
    public void StartOf_EveryDayOfThirtyYears_IsWhereOfTurns()
    {
        for (var day = new DateOnly(2020, 1, 1).DayNumber; day < new DateOnly(2050, 1, 1).DayNumber; day++)
        {
            var start = PacificDay.StartOf(day);
            Assert.Equal(day, PacificDay.Of(start));
            Assert.Equal(day - 1, PacificDay.Of(start - TimeSpan.FromTicks(1)));
        }
    }

    [TimeZoneFact]
    public void Of_EveryHalfHour_AgreesWithTheTimeZoneDatabase()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZoneFactAttribute.Zone);
        for (var moment = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); moment.Year < 2032; moment += TimeSpan.FromMinutes(30))
        {
            var expected = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).DayNumber;
            Assert.True(expected == PacificDay.Of(moment), $"{moment:O}: expected {expected}, got {PacificDay.Of(moment)}");
        }
    }
}
