using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Anthropic;

public sealed class AnthropicStreamTests
{
    private const string Hello = "{\"model\":\"gemini-x\",\"max_tokens\":2048,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private static readonly string Whole = Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart);

    [Fact]
    public async Task Stream_Answer_IsEventsInAnthropicsOrder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Whole, Answers.Sse);

        using var response = await StartAsync(gateway);
        var events = await EventsAsync(response);

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(
            ["message_start", "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            events.Select(item => item.EventType));
        Assert.Contains("\"output_tokens\":5", events[^2].Data, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_BrokenBeforeItSaysAnything_IsServedByAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.Empty), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse));

        using var response = await StartAsync(gateway);
        var events = await EventsAsync(response);

        Assert.Single(events, item => item.EventType == "message_start");
        Assert.Equal("message_stop", events[^1].EventType);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_CutAfterItBegan_EndsWithAnErrorEventAndNoEnd()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Event(Answers.FirstPart), Answers.Sse);

        using var response = await StartAsync(gateway);
        var text = new StringBuilder();
        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(response, text));

        Assert.Contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("message_delta", text.ToString(), StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.UpstreamBroken], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_RefusedByEveryKey_IsATrueStatus()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(503, Answers.Error(503, "UNAVAILABLE"));

        using var response = await StartAsync(gateway);

        Assert.Equal((HttpStatusCode)529, response.StatusCode);
        Assert.Contains("overloaded_error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SilentModel_GetsPings()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { KeepAliveInterval = TimeSpan.FromMilliseconds(20) });
        var mayAnswer = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = Answers.Sse;
            await context.Response.Body.FlushAsync();
            await mayAnswer.Task;
            await context.Response.WriteAsync(Whole);
        };

        using var response = await StartAsync(gateway);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        Assert.Equal("event: ping", await reader.ReadLineAsync());
        Assert.Equal("data: {\"type\":\"ping\"}", await reader.ReadLineAsync());
        mayAnswer.SetResult();
        var rest = await reader.ReadToEndAsync();

        Assert.Contains("event: message_start", rest, StringComparison.Ordinal);
        Assert.EndsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", rest, StringComparison.Ordinal);
    }

    private static async Task ReadAsync(HttpResponseMessage response, StringBuilder text)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    private static Task<HttpResponseMessage> StartAsync(GatewayUnderTest gateway) => gateway.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(Hello, Encoding.UTF8, "application/json") },
        HttpCompletionOption.ResponseHeadersRead);

    private static async Task<List<SseItem<string>>> EventsAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        return [.. SseParser.Create(stream).Enumerate()];
    }
}
