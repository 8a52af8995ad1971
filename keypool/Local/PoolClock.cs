namespace GeminiBalance.KeyPool;

/// <summary>
/// The wall clock, watched by the steady one. Windows trust the wall clock; when it is set forward, tokens would come back early,
/// and when it is set back, they would be held for as long. Both show as a step against the steady clock. Not thread safe.
/// </summary>
internal sealed class PoolClock(TimeProvider time)
{
    // Far above what a slewed clock drifts against the steady one, far below what would matter to a day.
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(1);
    private DateTimeOffset anchor = time.GetUtcNow();
    private long anchorStamp = time.GetTimestamp();

    /// <summary>The time, and how far the clock was set since the last reading: positive is forward, zero is not at all.</summary>
    public DateTimeOffset Read(out TimeSpan step)
    {
        var now = time.GetUtcNow();
        step = now - anchor - time.GetElapsedTime(anchorStamp);
        if (step.Duration() < StepMin)
        {
            step = TimeSpan.Zero;
            return now;
        }

        (anchor, anchorStamp) = (now, time.GetTimestamp());
        return now;
    }
}
