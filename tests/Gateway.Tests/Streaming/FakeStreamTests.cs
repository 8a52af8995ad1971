using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>FAKE_STREAM_ENABLED on the faces that are translated.</summary>
public sealed class FakeStreamTests : IAsyncLifetime
{
    private const string Hello = "{\"model\":\"gemini-x\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    // Thoughts first, as most models have them: gemini-balance gave the client nothing but those.
    private const string Rich =
        """
        {"candidates": [{"content": {"parts": [{"text": "Let me see.","thought": true},{"text": "It is "},{"text": "so."},
        {"functionCall": {"name": "f","args": {"a": 1}}},{"inlineData": {"mimeType": "image/png","data": "iVBORw0KGgo="}}],"role": "model"},
        "finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 2,"thoughtsTokenCount": 3,"totalTokenCount": 9}}
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(7);

    private readonly TimerWatch time = new(new ManualTimeProvider(), Interval);
    private readonly TaskCompletionSource mayAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Settings.Change(settings => settings with { Streams = new StreamSettings { IsFaked = true, FakeInterval = Interval } });
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Answer_AfterHeartbeats_HasEverythingInOrder()
    {
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 200, Rich);
        };

        await using var reading = await BeginAsync("/v1/chat/completions", Hello, beats: 2);
        var beats = await reading.UntilAsync(": keep-alive\n\n: keep-alive\n\n");
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.Equal(": keep-alive\n\n: keep-alive\n\n", beats);
        var events = text[beats.Length..].Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block["data: ".Length..]).ToList();
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(data => JsonDocument.Parse(data).RootElement).ToList();
        var deltas = chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("delta")).ToList();
        Assert.Equal("Let me see.", Join(deltas, "reasoning_content"));
        Assert.StartsWith("It is so.", Join(deltas, "content"), StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,iVBORw0KGgo=", Join(deltas, "content"), StringComparison.Ordinal);
        Assert.Single(deltas, delta => delta.TryGetProperty("tool_calls", out var calls) && calls[0].TryGetProperty("function", out var function) && function.TryGetProperty("name", out _));
        Assert.Equal(["tool_calls"], chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("finish_reason").GetString()).OfType<string>());
        Assert.Equal(9, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("/v1beta/models/gemini-x:generateContent", Assert.Single(gateway.Upstream.Calls).Target);
        Assert.Equal([(4L, 5L)], gateway.Pool.Settled.Select(entry => (entry.Outcome.PromptTokens!.Value, entry.Outcome.OutputTokens!.Value)));
    }

    [Fact]
    public async Task KeyFails_UnderHeartbeats_AnotherKeyAnswers()
    {
        gateway.Upstream.InTurn(
            async context =>
            {
                await mayAnswer.Task;
                await ScriptedUpstream.WriteAsync(context, 429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerMinutePerProjectPerModel", 5, "36s")));
            },
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty),
            context => ScriptedUpstream.WriteAsync(context, 200, Rich));

        await using var reading = await BeginAsync("/v1/chat/completions", Hello, beats: 1);
        mayAnswer.SetResult();

        Assert.EndsWith("data: [DONE]\n\n", await reading.ToEndAsync(), StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.KeyRateLimited, CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal(3, gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("/v1/chat/completions", 503, "", "\"code\":\"")]
    [InlineData("/v1/chat/completions", 200, "without an end", "\"code\":\"upstream_interrupted\"")]
    [InlineData("/v1/messages", 503, "", "event: error")]
    [InlineData("/v1/responses", 503, "", "response.failed")]
    public async Task EveryAttemptFails_AfterAHeartbeat_IsAnErrorEventWithoutAnEnd(string path, int status, string how, string expected)
    {
        var body = how.Length > 0 ? Answers.Ok.Replace("\"finishReason\": \"STOP\",", "", StringComparison.Ordinal) : Answers.Error(503, "UNAVAILABLE");
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, status, body);
        };

        await using var reading = await BeginAsync(path, BodyFor(path), beats: 1);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.True(reading.IsAborted, text);
        Assert.Equal(HttpStatusCode.OK, reading.Response.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("finish_reason\":\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("stop_reason", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", HttpStatusCode.BadRequest)]
    [InlineData(503, "UNAVAILABLE", HttpStatusCode.ServiceUnavailable)]
    public async Task Failure_BeforeTheFirstHeartbeat_IsATrueStatus(int status, string name, HttpStatusCode expected)
    {
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Always(status, Answers.Error(status, name));

        using var response = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(Hello));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/v1/messages", "event: ping\ndata: {\"type\": \"ping\"}", "message_stop")]
    [InlineData("/v1/responses", ": keep-alive\n\n", "response.completed")]
    [InlineData("/v1/completions", ": keep-alive\n\n", "[DONE]")]
    public async Task OtherFaces_HaveHeartbeatsOfTheirOwn(string path, string beat, string end)
    {
        gateway.Upstream.Answer = async (context, _) =>
        {
            await mayAnswer.Task;
            await ScriptedUpstream.WriteAsync(context, 200, Answers.Ok);
        };

        await using var reading = await BeginAsync(path, BodyFor(path), beats: 1);
        Assert.StartsWith(beat, reading.Text.Replace("\"type\":\"ping\"", "\"type\": \"ping\"", StringComparison.Ordinal), StringComparison.Ordinal);
        mayAnswer.SetResult();
        var text = await reading.ToEndAsync();

        Assert.Contains("Hello", text, StringComparison.Ordinal);
        Assert.Contains(end, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientLeaves_UnderHeartbeats_UpstreamCallIsCancelled()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = async (context, _) =>
        {
            arrived.TrySetResult();
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await aborted.Task;
        };

        using (var client = gateway.NewClient())
        {
            var starting = StreamReading.StartAsync(client, "/v1/chat/completions", Hello);
            await time.PassAsync();
            await using var reading = await starting;
            await arrived.Task;
        }

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.ClientLeft], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task SettingChanged_HoldsFromTheNextRequest()
    {
        gateway.Upstream.Answer = (context, call) => call.Target.Contains("stream", StringComparison.Ordinal)
            ? ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.Ok), Answers.Sse)
            : ScriptedUpstream.WriteAsync(context, 200, Answers.Ok);
        var faked = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(Hello));
        gateway.Settings.Change(settings => settings with { Streams = new StreamSettings() });
        var real = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(Hello));

        Assert.EndsWith("data: [DONE]\n\n", await faked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", await real.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ["/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"], gateway.Upstream.Calls.Select(call => call.Target));
        Assert.Equal("1", faked.Headers.GetValues("x-gateway-attempts").Single());
    }

    private static string Join(IEnumerable<JsonElement> deltas, string name) =>
        string.Concat(deltas.Select(delta => delta.TryGetProperty(name, out var value) ? value.GetString() : null));

    private static string BodyFor(string path) => path switch
    {
        "/v1/messages" => "{\"model\":\"gemini-x\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
        "/v1/responses" => "{\"model\":\"gemini-x\",\"stream\":true,\"input\":\"Hi\",\"store\":false}",
        "/v1/completions" => "{\"model\":\"gemini-x\",\"stream\":true,\"prompt\":\"Hi\"}",
        _ => Hello,
    };

    private async Task<StreamReading> BeginAsync(string path, string body, int beats)
    {
        var starting = StreamReading.StartAsync(gateway.Client, path, body);
        for (var beat = 0; beat < beats; beat++)
        {
            await time.PassAsync();
        }

        var reading = await starting;
        await reading.UntilAsync("\n\n");
        return reading;
    }
}
