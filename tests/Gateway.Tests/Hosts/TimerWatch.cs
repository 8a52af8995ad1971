using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A manual clock that tells when a timer of a certain length is armed, so that a test need not guess.</summary>
internal sealed class TimerWatch(ManualTimeProvider clock, TimeSpan watched) : TimeProvider
{
    private readonly TaskCompletionSource armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Armed => armed.Task;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime == watched)
        {
            armed.TrySetResult();
        }

        return timer;
    }
}
