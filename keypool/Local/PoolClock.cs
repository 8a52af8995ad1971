namespace GeminiBalance.KeyPool;

/// <summary>
/// The wall clock, watched by the steady one. Windows trust the wall clock; when it is set forward, tokens would come back early,
/// and when it is set back, they would be held for as long. Both show as a step against the steady clock. Not thread safe.
/// </summary>
internal sealed class PoolClock(TimeProvider time)
{
    // Far above what a slewed clock drifts against the steady one in the span below, far below what would matter to a day.
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(1);

    // The two clocks drift apart by seconds in a day where the steady one is not slewed (Windows, macOS): that is no step.
    private static readonly TimeSpan ComparedWithin = TimeSpan.FromMinutes(1);
    private DateTimeOffset anchor = time.GetUtcNow();
    private long anchorStamp = time.GetTimestamp();

    /// <summary>The time, and how far the clock was set since the last reading: positive is forward, zero is not at all.</summary>
    public DateTimeOffset Read(out TimeSpan step)
    {
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(anchorStamp, stamp);
        step = now - anchor - elapsed;
        var isStep = step.Duration() >= StepMin;
        step = isStep ? step : TimeSpan.Zero;
        if (isStep || elapsed >= ComparedWithin)
        {
            (anchor, anchorStamp) = (now, stamp);
        }

        return now;
    }
}
