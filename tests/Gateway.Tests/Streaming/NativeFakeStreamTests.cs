using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>FAKE_STREAM_ENABLED on the Gemini face.</summary>
public sealed class NativeFakeStreamTests : IAsyncLifetime
{
    private const string SseCall = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse&x=1";
    private const string ArrayCall = "/v1beta/models/gemini-x:streamGenerateContent?x=1";
    private const string Beat = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"index\":0}]}\r\n\r\n";

    // As Google prints it: over many lines, which an event cannot have.
    private const string Rich =
        "{\r\n  \"candidates\": [\r\n    {\n      \"content\": {\"parts\": [{\"text\": \"Hm.\",\"thought\": true},{\"text\": \"a\\nb \\u003c é\"},"
        + "{\"functionCall\": {\"name\": \"f\",\"args\": {\"a\": 1e400}}}],\"role\": \"model\"},\n \"finishReason\": \"STOP\"\n}],\n\"usageMetadata\": {\"promptTokenCount\": 4,\"candidatesTokenCount\": 5}\n}\n";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);

    private readonly TimerWatch time = new(new ManualTimeProvider(), Interval);
    private readonly TaskCompletionSource mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Settings.Change(settings => settings with { Streams = new StreamSettings { IsFaked = true, FakeInterval = Interval }, MaxRetries = 2 });
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData(SseCall, Beat + Beat, "text/event-stream")]
    [InlineData(ArrayCall, "[\n\n", "application/json; charset=UTF-8")]
    public async Task Answer_AfterHeartbeatsAndAFailedKey_IsOneEventThatSaysTheSame(string path, string beats, string type)
    {
        gateway.Upstream.InTurn(
            async context =>
            {
                await mayAnswer.Task;
                await ScriptedUpstream.WriteAsync(context, 403, Answers.Error(403, "PERMISSION_DENIED", Answers.Reason("CONSUMER_SUSPENDED")));
            },
            context => ScriptedUpstream.WriteAsync(context, 200, Rich));

        await using var reading = await BeginAsync(path, beats: 2);
        Assert.Equal(beats, await reading.UntilAsync(beats));
        mayAnswer.SetResult();
        var rest = (await reading.ToEndAsync())[beats.Length..];

        Assert.Equal(type, reading.Response.Content.Headers.NonValidated["Content-Type"].ToString());
        var json = path == SseCall ? rest["data: ".Length..^"\r\n\r\n".Length] : rest[..^1];
        Assert.Equal(path == SseCall ? Rich.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : Rich, json);
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(Rich)), JsonSerializer.Serialize(JsonDocument.Parse(json)));
        Assert.EndsWith(path == SseCall ? "\r\n\r\n" : "]", rest, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.KeySuspended, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.All(gateway.Upstream.Calls, call => Assert.Equal("/v1beta/models/gemini-x:generateContent?x=1", call.Target));
    }

    [Theory]
    [InlineData(SseCall, Beat + "data: ", "\n\n")]
    [InlineData(ArrayCall, "[\n\n", "\n]")]
    public async Task EveryAttemptFails_AfterAHeartbeat_IsAnErrorInTheStreamsOwnForm(string path, string before, string after)
    {
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 200, Answers.Ok.Replace("\"finishReason\": \"STOP\",", "", StringComparison.Ordinal));
        };

        await using var reading = await BeginAsync(path, beats: 1);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.True(reading.IsAborted);
        Assert.StartsWith(before, text, StringComparison.Ordinal);
        Assert.EndsWith(after, text, StringComparison.Ordinal);
        using var error = JsonDocument.Parse(text[before.Length..^after.Length]);
        Assert.Equal(502, error.RootElement.GetProperty("error").GetProperty("code").GetInt32());
        Assert.DoesNotContain("finishReason", text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.UpstreamBroken], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(SseCall)]
    [InlineData(ArrayCall)]
    public async Task Failure_BeforeTheFirstHeartbeat_IsATrueStatus(string path)
    {
        gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT"));

        using var response = await gateway.Client.PostAsync(path, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Answer_BeforeTheFirstHeartbeat_CarriesTheHeadersOfTheCall()
    {
        gateway.Upstream.Always(200, Rich);

        using var response = await gateway.Client.PostAsync(SseCall, new StringContent("{}"));

        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.StartsWith("data: {", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<StreamReading> BeginAsync(string path, int beats)
    {
        var starting = StreamReading.StartAsync(gateway.Client, path, "{}");
        for (var beat = 0; beat < beats; beat++)
        {
            await time.PassAsync();
        }

        return await starting;
    }
}
