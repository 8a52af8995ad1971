using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

/// <summary>A clock whose wall time can be set apart from its steady time.</summary>
internal sealed class SettableClock : TimeProvider
{
    private readonly ManualTimeProvider steady = new();
    private TimeSpan offset;
    private TimeSpan leapt;

    public override long TimestampFrequency => steady.TimestampFrequency;

    /// <summary>Thrown when the wall time is asked for next.</summary>
    public Exception? Fault { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        if (Fault is not { } fault)
        {
            return steady.GetUtcNow() + leapt + offset;
        }

        Fault = null;
        throw fault;
    }

    public override long GetTimestamp() => steady.GetTimestamp() + (leapt.Ticks * (TimestampFrequency / TimeSpan.TicksPerSecond));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        steady.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan by) => steady.Advance(by);

    public void Set(TimeSpan step) => offset += step;

    /// <summary>Time passes, and timers are late: the process stood still.</summary>
    public void Leap(TimeSpan by) => leapt += by;
}
