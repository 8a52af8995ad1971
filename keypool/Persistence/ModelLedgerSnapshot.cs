namespace GeminiBalance.KeyPool;

/// <summary>One key's ledger of one model at rest. Properties are added, never renamed. Days are day numbers of <see cref="DateOnly"/>, Pacific.</summary>
public sealed record ModelLedgerSnapshot
{
    public required string Model { get; init; }

    public int Day { get; init; }

    /// <summary>Requests that count for <see cref="Day"/>.</summary>
    public int Used { get; init; }

    /// <summary>Requests that count for the day before.</summary>
    public int UsedBefore { get; init; }

    public DateTimeOffset? CoolUntil { get; init; }

    public int Strikes { get; init; }

    public DateTimeOffset? UnavailableUntil { get; init; }

    public int ExhaustedDay { get; init; }

    public DateTimeOffset? LearnedUntil { get; init; }

    public long LearnedRpm { get; init; }

    public long LearnedTpm { get; init; }

    public long LearnedRpd { get; init; }

    /// <summary>Time (UTC ticks), requests and input tokens of every grant that still counts, flat. Only after a clean stop.</summary>
    public long[]? Window { get; init; }

    internal ModelLedgerSnapshot Enabled() => this with
    {
        CoolUntil = null,
        Strikes = 0,
        UnavailableUntil = null,
        ExhaustedDay = 0,
        LearnedUntil = null,
        LearnedRpm = 0,
        LearnedTpm = 0,
        LearnedRpd = 0,
    };

    internal ModelLedgerSnapshot Shifted(TimeSpan by) => this with
    {
        CoolUntil = CoolUntil + by,
        UnavailableUntil = UnavailableUntil + by,
        LearnedUntil = LearnedUntil + by,
        Window = Window?.Select((value, index) => index % 3 == 0 ? value + by.Ticks : value).ToArray(),
    };
}
