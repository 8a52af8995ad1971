using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;
using static GeminiBalance.Gateway.Tests.Streaming.NativeStreamTests;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class NativeCancellationTests
{
    private const string SseCall = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";

    [Fact]
    public async Task Stream_UpstreamSilentForTooLong_IsTimedOutAndNotTheClientsOrTheKeysFault()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WritePiecesAsync(context, Answers.Sse, Answers.Event(Answers.FirstPart), int.MaxValue);
            await WhenAborted(context);
        };

        using var response = await StartStreamAsync(gateway, SseCall);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[Encoding.UTF8.GetByteCount(Answers.Event(Answers.FirstPart))]);
        time.Advance(gateway.Settings.Current.TimeOut);
        var (text, isAborted) = await ReadToCutAsync(response);

        Assert.StartsWith("data: {\"error\":{\"code\":504,", text, StringComparison.Ordinal);
        Assert.True(isAborted);
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.UpstreamTimedOut], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsTimedOut()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(time);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = (context, _) =>
        {
            arrived.TrySetResult();
            return WhenAborted(context);
        };

        var pending = gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent("{}"));
        await arrived.Task;
        time.Advance(gateway.Settings.Current.TimeOut);
        using var response = await pending;

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamTimedOut], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(SseCall, true)]
    [InlineData(SseCall, false)]
    [InlineData("/v1beta/models/gemini-x:generateContent", false)]
    public async Task Client_Leaves_UpstreamCallIsCancelledAtOnce(string path, bool afterFirstEvent)
    {
        // A busy machine can delay anything once; a wait in the code would delay every try.
        var fastest = TimeSpan.MaxValue;
        for (var tries = 0; tries < 20 && fastest >= TimeSpan.FromMilliseconds(100); tries++)
        {
            await using var gateway = await GatewayUnderTest.StartAsync();
            var took = await LeaveAsync(gateway, path, afterFirstEvent);
            fastest = took < fastest ? took : fastest;
            await gateway.Pool.WhenSettledAsync(1);
            Assert.Equal([CallOutcomeKind.ClientLeft], gateway.Pool.Kinds);
        }

        Assert.True(fastest < TimeSpan.FromMilliseconds(100), $"took {fastest}");
    }

    // From the client's leaving to the end of the upstream call.
    private static async Task<TimeSpan> LeaveAsync(GatewayUnderTest gateway, string path, bool afterFirstEvent)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = async (context, _) =>
        {
            if (afterFirstEvent)
            {
                await WritePiecesAsync(context, Answers.Sse, Answers.Event(Answers.FirstPart), int.MaxValue);
            }

            arrived.TrySetResult();
            await WhenAborted(context);
            aborted.TrySetResult(TimeProvider.System.GetTimestamp());
        };

        using var leaving = new CancellationTokenSource();
        using var client = gateway.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        var pending = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await arrived.Task;
        using var response = afterFirstEvent ? await pending : null;
        var left = TimeProvider.System.GetTimestamp();
        await leaving.CancelAsync();
        response?.Dispose();
        client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => afterFirstEvent ? response!.Content.ReadAsStringAsync() : pending);
        return TimeProvider.System.GetElapsedTime(left, await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));
    }

    private static Task WhenAborted(HttpContext context)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(() => aborted.TrySetResult());
        return aborted.Task;
    }
}
