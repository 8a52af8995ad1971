namespace GeminiBalance.KeyPool;

/// <summary>One key's state for one model. Moments are UTC ticks; zero means never.</summary>
internal sealed class ModelLedger(string model)
{
    // Mutable structs: fields, so that they are changed in place.
    public MinuteWindow Window;
    public DayBudget Days;

    public string Model { get; } = model;

    public long CoolUntil { get; set; }

    /// <summary>429s in a row, each granted after the cool-down of the one before.</summary>
    public int Strikes { get; set; }

    public long UnavailableUntil { get; set; }

    /// <summary>The last Pacific day for which the upstream said that nothing is left.</summary>
    public int ExhaustedDay { get; set; }

    public LearnedLimits? Learned { get; set; }

    public KeyLimits Limits(in KeyLimits configured, long now) =>
        LearnedAt(now)?.Tighten(configured) ?? configured;

    /// <summary>What was learned and is still believed.</summary>
    public LearnedLimits? LearnedAt(long now) => Learned?.Until > now ? Learned : null;

    /// <summary>Whether forgetting this model changes no decision. Calls now count for <paramref name="firstDay"/> or later.</summary>
    public bool IsIdle(long now, int firstDay) =>
        Window.IsEmpty && IsUnmarked(now, firstDay) && UnavailableUntil <= now
        && (Days.Day < firstDay || (Days.Used == 0 && (Days.Day == firstDay || Days.UsedBefore == 0)));

    /// <summary>Whether no more is known of this model than its calls, and that it is not offered.</summary>
    public bool IsUnmarked(long now, int firstDay) => CoolUntil <= now && ExhaustedDay < firstDay && LearnedAt(now) is null;
}
