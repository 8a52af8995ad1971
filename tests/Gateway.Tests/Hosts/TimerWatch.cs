using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A manual clock that tells when a timer of a certain length is armed, so that a test need not guess.</summary>
internal sealed class TimerWatch(ManualTimeProvider clock, TimeSpan watched) : TimeProvider
{
    private readonly SemaphoreSlim armed = new(0);
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first such timer is armed.</summary>
    public Task Armed => first.Task;

    /// <summary>Waits for the next such timer, and moves the clock to its end.</summary>
    public async Task PassAsync()
    {
        Assert.True(await armed.WaitAsync(TimeSpan.FromSeconds(30)), $"No timer of {watched} was armed.");
        clock.Advance(watched);
    }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime == watched)
        {
            first.TrySetResult();
            armed.Release();
        }

        return timer;
    }
}
