namespace GeminiBalance.KeyPool;

/// <summary>How many calls came lately, counted in windows of equal length, and how large the largest was.</summary>
/// <param name="window">The length of a window, in ticks.</param>
internal sealed class RecentDemand(long window)
{
    private long current;
    private (int Calls, long TokensMax) before;
    private (int Calls, long TokensMax) now;

    public void Count(long ticks, long tokens)
    {
        MoveTo(ticks / window);
        now = (now.Calls + 1, Math.Max(now.TokensMax, tokens));
    }

    /// <summary>Of the last whole window: as many may come within the next.</summary>
    public (int Calls, long TokensMax) Last(long ticks)
    {
        MoveTo(ticks / window);
        return before;
    }

    private void MoveTo(long number)
    {
        if (number > current)
        {
            before = number == current + 1 ? now : default;
            (current, now) = (number, default);
        }
    }
}
