namespace GeminiBalance.KeyPool;

/// <summary>
/// The requests of one key and model in the current Pacific day and the one before it. Near midnight a call counts for both,
/// since the upstream may book it on either side. The count in memory may run ahead of the stored one by one chunk.
/// </summary>
internal struct DayBudget
{
    private int stored;
    private int written;
    private int writtenDay;

    /// <summary>The newest day calls are counted for.</summary>
    public int Day { get; private set; }

    public int Used { get; private set; }

    public int UsedBefore { get; private set; }

    /// <summary>How far the count runs ahead of the stored one.</summary>
    public readonly int Unstored => Used - stored;

    /// <summary>How many requests of a day may be lost by a crash: 2 % of the limit, at least one.</summary>
    public static long Chunk(long requestsPerDay) => Math.Max(1, requestsPerDay / 50);

    public void Roll(int day)
    {
        if (day <= Day)
        {
            return;
        }

        (UsedBefore, Used, stored, Day) = (day == Day + 1 ? Used : 0, 0, 0, day);
    }

    public void Spend(int firstDay, int lastDay)
    {
        Roll(lastDay);
        Used++;
        UsedBefore += firstDay < lastDay ? 1 : 0;
    }

    public void GiveBack(int firstDay, int lastDay)
    {
        for (var day = firstDay; day <= lastDay; day++)
        {
            Used -= day == Day && Used > 0 ? 1 : 0;
            UsedBefore -= day == Day - 1 && UsedBefore > 0 ? 1 : 0;
        }
    }

    /// <summary>Counts what was counted elsewhere: so many on a day, and on the one before it.</summary>
    public void Add(int day, int used, int usedBefore)
    {
        Roll(day);
        if (day == Day)
        {
            (Used, UsedBefore) = (Used + used, UsedBefore + usedBefore);
        }
        else if (day == Day - 1)
        {
            UsedBefore += used;
        }
    }

    /// <summary>Counts no fewer than so many on a day.</summary>
    public void AtLeast(int day, int used)
    {
        Roll(day);
        Used = day == Day ? Math.Max(Used, used) : Used;
        UsedBefore = day == Day - 1 ? Math.Max(UsedBefore, used) : UsedBefore;
    }

    /// <summary>Counts no fewer than another count does, and runs no less ahead of the store.</summary>
    public void AtLeast(DayBudget other)
    {
        Roll(other.Day);
        other.Roll(Day);
        var unstored = Math.Max(Unstored, other.Unstored);
        (Used, UsedBefore) = (Math.Max(Used, other.Used), Math.Max(UsedBefore, other.UsedBefore));
        stored = Used - unstored;
        written = Math.Min(written, stored);
    }

    public void Load(int day, int used, int usedBefore) => (Day, Used, UsedBefore, stored) = (day, used, usedBefore, used);

    /// <summary>Remembers what was just written to the store, until <see cref="Stored"/> says that it arrived.</summary>
    public void Written() => (writtenDay, written) = (Day, Used);

    public void Stored() => stored = writtenDay == Day ? written : stored;
}
