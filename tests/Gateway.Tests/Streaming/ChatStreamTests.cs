using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class ChatStreamTests
{
    private const string Hello = "{\"model\":\"gemini-x\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static readonly string Whole = Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart);

    [Fact]
    public async Task Stream_Answer_IsTranslatedAndEndsWithDone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Whole, Answers.Sse);

        using var response = await StartAsync(gateway, Hello);
        var events = await EventsAsync(response);

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(data => JsonDocument.Parse(data).RootElement).ToList();
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("created").GetInt64()).Distinct());
        Assert.Equal("Hello", string.Concat(chunks.SelectMany(Contents)));
        Assert.Equal(9, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("/v1beta/models/gemini-x:streamGenerateContent?alt=sse", Assert.Single(gateway.Upstream.Calls).Target);
        var outcome = Assert.Single(gateway.Pool.Settled).Outcome;
        Assert.Equal((CallOutcomeKind.Succeeded, 4L, 5L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
    }

    [Fact]
    public async Task Stream_Event_IsPassedOnBeforeTheNextOneComes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var mayEnd = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WriteAsync(context, Answers.Event(Answers.FirstPart));
            await mayEnd.Task;
            await WriteAsync(context, Answers.Event(Answers.LastPart));
        };

        using var response = await StartAsync(gateway, Hello);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        var seen = "";
        while (!seen.Contains("\"Hel\"", StringComparison.Ordinal))
        {
            seen += await reader.ReadLineAsync();
        }

        Assert.Empty(gateway.Pool.Settled);
        mayEnd.SetResult();
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SeveralChoices_AreSeveralCallsWithOneEnd()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Whole, Answers.Sse);

        using var response = await StartAsync(gateway, Hello[..^1] + ",\"n\":2}");
        var events = await EventsAsync(response);

        Assert.Equal(1, events.Count(data => data == "[DONE]"));
        var chunks = events[..^1].Select(data => JsonDocument.Parse(data).RootElement).ToList();
        var indexes = chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("index").GetInt32()).ToList();
        Assert.Equal([0, 1], indexes.Distinct());
        Assert.Equal(indexes.Order(), indexes);
        Assert.Equal(18, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(2, gateway.Upstream.Calls.Count);
    }

    [Fact]
    public async Task Stream_UselessBeforeTheCommit_TriesOtherKeys()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.Empty), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Error(503, "UNAVAILABLE"), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse));

        using var response = await StartAsync(gateway, Hello);

        Assert.Equal("[DONE]", (await EventsAsync(response))[^1]);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.UpstreamUnavailable, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal("3", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Stream_FailsBeforeTheCommit_IsATrueStatus()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Event(Answers.Empty), Answers.Sse);

        using var response = await StartAsync(gateway, Hello);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("cut", "", "upstream_interrupted")]
    [InlineData("end", "", "upstream_interrupted")]
    [InlineData("end", "data: {\"candidates\": [{\"content\": 7}]}\r\n\r\n", "upstream_interrupted")]
    [InlineData("end", "{\n \"error\": {\n \"code\": 499,\n \"message\": \"Cancelled.\",\n \"status\": \"CANCELLED\"\n }\n}\n", "cancelled")]
    [InlineData("end", "data: {\"error\": {\"code\": 429,\"message\": \"Slow.\",\"status\": \"RESOURCE_EXHAUSTED\"}}\r\n\r\n", "rate_limit_exceeded")]
    public async Task Stream_InterruptedAfterTheCommit_EndsInAnErrorEventWithoutDone(string how, string rest, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var hasBegun = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            await WriteAsync(context, Answers.Event(Answers.FirstPart));
            await hasBegun.Task;
            await WriteAsync(context, rest);
            if (how == "cut")
            {
                throw new InvalidOperationException("cut");
            }
        };

        using var response = await StartAsync(gateway, Hello);
        hasBegun.SetResult();
        var (text, isAborted) = await ReadToCutAsync(response);

        Assert.True(isAborted);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"finish_reason\":\"", text, StringComparison.Ordinal);
        var last = text.TrimEnd().Split("\n\n")[^1];
        using var error = JsonDocument.Parse(last["data: ".Length..]);
        Assert.Equal(code, error.RootElement.GetProperty("error").GetProperty("code").GetString());
        await gateway.Pool.WhenSettledAsync(1);
        Assert.NotEqual(CallOutcomeKind.Succeeded, Assert.Single(gateway.Pool.Kinds));
    }

    [Fact]
    public async Task Stream_ModelThinks_GetsCommentsOnlyAfterTheUpstreamHasAccepted()
    {
        var clock = new ManualTimeProvider();
        var time = new TimerWatch(clock, TimeSpan.FromSeconds(15));
        await using var gateway = await GatewayUnderTest.StartAsync(time);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAccept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = async (context, _) =>
        {
            arrived.SetResult();
            await mayAccept.Task;
            await WriteAsync(context, "");
            await mayAnswer.Task;
            await WriteAsync(context, Whole);
        };

        var starting = StartAsync(gateway, Hello);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(time.Armed.IsCompleted);
        mayAccept.SetResult();
        await time.Armed;
        Assert.False(starting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(15));
        using var response = await starting;
        mayAnswer.SetResult();
        var text = await response.Content.ReadAsStringAsync();

        Assert.StartsWith(": keep-alive\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_ClientLeaves_UpstreamCallIsCancelled()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await WriteAsync(context, Answers.Event(Answers.FirstPart));
            await aborted.Task;
        };

        using var client = gateway.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Hello) };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Dispose();
        client.Dispose();

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await gateway.Pool.WhenSettledAsync(1);
        Assert.Equal([CallOutcomeKind.ClientLeft], gateway.Pool.Kinds);
    }

    private static IEnumerable<string?> Contents(JsonElement chunk) => chunk.GetProperty("choices").EnumerateArray()
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null);

    private static async Task WriteAsync(HttpContext context, string text)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = Answers.Sse;
        }

        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    private static async Task<HttpResponseMessage> StartAsync(GatewayUnderTest gateway, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<List<string>> EventsAsync(HttpResponseMessage response) =>
        [.. (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block["data: ".Length..])];

    private static async Task<(string Text, bool IsAborted)> ReadToCutAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var text = new MemoryStream();
        try
        {
            await stream.CopyToAsync(text);
            return (Encoding.UTF8.GetString(text.ToArray()), false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return (Encoding.UTF8.GetString(text.ToArray()), true);
        }
    }
}
