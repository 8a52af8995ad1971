using System.Net;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>KEEP_ALIVE_BEFORE_ANSWER: signs of life while the upstream has not begun to answer.</summary>
public sealed class EarlyBeatTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Anthropic = "/v1/messages";
    private const string Responses = "/v1/responses";
    private const string Native = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    private const string Comment = ": keep-alive\n\n";
    private const string Ping = "event: ping\n";
    private const string EmptyEvent = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"index\":0}]}\r\n\r\n";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);
    private static readonly string Whole = Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart);

    private readonly TimerWatch time = new(new ManualTimeProvider(), Interval);
    private readonly TaskCompletionSource mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await GatewayUnderTest.StartAsync(time);
        Change(isOn: true);
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData(Chat, Comment, "[DONE]")]
    [InlineData(Anthropic, Ping, "message_stop")]
    [InlineData(Responses, Comment, "response.completed")]
    [InlineData(Native, EmptyEvent, "STOP")]
    public async Task SilentUpstream_ClientSeesLife_AndTheAnswerOfAnotherKeyAfterIt(string path, string beat, string end)
    {
        gateway.Upstream.InTurn(
            async context =>
            {
                await mayAnswer.Task;
                await ScriptedUpstream.WriteAsync(context, 403, Answers.Error(403, "PERMISSION_DENIED", Answers.Reason("CONSUMER_SUSPENDED")));
            },
            context => ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse));

        await using var reading = await BeginAsync(path, beats: 2);
        await reading.UntilAsync(beat);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.False(reading.IsAborted);
        Assert.Equal(3, text.Split(beat).Length);
        Assert.StartsWith(beat, text, StringComparison.Ordinal);
        Assert.Contains("Hel", text, StringComparison.Ordinal);
        Assert.Contains(end, text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.KeySuspended, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Native)]
    public async Task UpstreamThatAcceptedAndBreaksOffBeforeItSaysAnything_IsTriedAgain(string path)
    {
        gateway.Upstream.InTurn(
            async context =>
            {
                context.Response.ContentType = Answers.Sse;
                await context.Response.StartAsync();
                await mayAnswer.Task;
                context.Abort();
            },
            context => ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse));

        await using var reading = await BeginAsync(path, beats: 1);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.False(reading.IsAborted);
        Assert.Contains("Hel", text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(Chat, "\"error\":")]
    [InlineData(Anthropic, "event: error")]
    [InlineData(Responses, "response.failed")]
    [InlineData(Native, "\"error\":")]
    public async Task EveryAttemptFails_AfterASignOfLife_IsAnErrorEvent(string path, string expected)
    {
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE"));
        };

        await using var reading = await BeginAsync(path, beats: 1);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.True(reading.IsAborted);
        Assert.Equal(HttpStatusCode.OK, reading.Response.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Native)]
    public async Task FailureBeforeTheFirstSign_HasItsTrueStatus(string path)
    {
        gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT"));

        using var response = await gateway.Client.PostAsync(path, new StringContent(BodyFor(path)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task EmptyNativeAnswer_AfterASign_IsStillTheUpstreamsOwn()
    {
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.Empty), Answers.Sse);
        };

        await using var reading = await BeginAsync(Native, beats: 1);
        mayAnswer.SetResult();

        Assert.Equal(EmptyEvent + Answers.Event(Answers.Empty), await reading.ToEndAsync());
    }

    [Fact]
    public async Task NotAskedFor_NothingIsSentBeforeTheAnswer()
    {
        Change(isOn: false);
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE"));
        };
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });

        var starting = StreamReading.StartAsync(gateway.Client, Chat, BodyFor(Chat));
        mayAnswer.SetResult();
        await using var reading = await starting;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reading.Response.StatusCode);
        Assert.False(time.Armed.IsCompleted);
    }

    private static string BodyFor(string path) => path switch
    {
        Anthropic => """{"model":"gemini-x","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""",
        Responses => """{"model":"gemini-x","stream":true,"input":"Hi"}""",
        Native => "{}",
        _ => """{"model":"gemini-x","stream":true,"messages":[{"role":"user","content":"Hi"}]}""",
    };

    private void Change(bool isOn) =>
        gateway.Settings.Change(settings => settings with { KeepAliveInterval = Interval, Streams = new StreamSettings { BeatsBeforeAnswer = isOn } });

    private async Task<StreamReading> BeginAsync(string path, int beats)
    {
        var starting = StreamReading.StartAsync(gateway.Client, path, BodyFor(path));
        for (var beat = 0; beat < beats; beat++)
        {
            await time.PassAsync();
        }

        return await starting;
    }
}
