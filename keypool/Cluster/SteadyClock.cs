namespace GeminiBalance.KeyPool;

/// <summary>The time since the start, as a time of day: it never jumps, whatever is done to the wall clock.</summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long startStamp = time.GetTimestamp();

    public DateTimeOffset Now => start + time.GetElapsedTime(startStamp);
}
