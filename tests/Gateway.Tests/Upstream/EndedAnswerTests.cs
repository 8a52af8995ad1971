using GeminiBalance.Gateway.Upstream;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class EndedAnswerTests
{
    [Fact]
    public async Task While_TheAttemptIsOver_OnlyWaits()
    {
        using var response = new HttpResponseMessage();
        var timer = new AttemptTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), new ManualTimeProvider(), CancellationToken.None);
        var answer = new UpstreamAnswer(response, Stream.Null, timer, Samples.NewKey(1), attempt: 1) { HasEnded = true };
        timer.Dispose();
        var work = new TaskCompletionSource();

        var waiting = answer.WhileAsync(new ValueTask(work.Task));
        Assert.False(waiting.IsCompleted);
        work.SetResult();

        await waiting;
    }
}
