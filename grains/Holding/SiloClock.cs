namespace GeminiBalance.Grains.Holding;

/// <summary>The silo's time since its start, as a time of day: windows must not notice that the wall clock is set.</summary>
public sealed class SiloClock(TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long startStamp = time.GetTimestamp();

    public DateTimeOffset Now => start + time.GetElapsedTime(startStamp);
}
