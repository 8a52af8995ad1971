namespace GeminiBalance.KeyPool.Tests.Ledger;

/// <summary>A test that needs the time zone database, which slim images leave out.</summary>
internal sealed class TimeZoneFactAttribute : FactAttribute
{
    public const string Zone = "America/Los_Angeles";

    public TimeZoneFactAttribute()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            Skip = "This machine has no time zone database.";
        }
    }
}
