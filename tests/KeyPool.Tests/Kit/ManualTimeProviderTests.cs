using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Kit;

public sealed class ManualTimeProviderTests
{
    [Fact]
    public async Task WhatAwaitsADelay_GoesOnBeforeTheClockMovesFurther()
    {
        var time = new ManualTimeProvider();
        var seen = new List<(DateTimeOffset, int)>();
        var thread = Environment.CurrentManagedThreadId;
        var waiting = WaitFiveTimesAsync();
        var start = time.GetUtcNow();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(waiting.IsCompleted);
        await waiting;
        Assert.Equal(Enumerable.Range(1, 5).Select(second => (start.AddSeconds(second), thread)), seen);

        async Task WaitFiveTimesAsync()
        {
            while (seen.Count < 5)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                seen.Add((time.GetUtcNow(), Environment.CurrentManagedThreadId));
            }
        }
    }
}
