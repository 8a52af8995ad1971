using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>STREAM_CONTINUATIONS_MAX on both faces.</summary>
public sealed class ContinuedStreamTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Sse = "/v1beta/models/gemini-x:streamGenerateContent?alt=sse";
    private const string Array = "/v1beta/models/gemini-x:streamGenerateContent";
    private const string Quick = """{"candidates": [{"content": {"parts": [{"text": "The quick brown "}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 3,"totalTokenCount": 7}}""";
    private const string Thought = """{"candidates": [{"content": {"parts": [{"text": "Where was I?","thought": true}],"role": "model"},"index": 0}]}""";
    private const string Repeat = """{"candidates": [{"content": {"parts": [{"text": "quick bro"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 9,"candidatesTokenCount": 1,"totalTokenCount": 10}}""";
    private const string Fox = """{"candidates": [{"content": {"parts": [{"text": "wn fox"}],"role": "model"},"index": 0}]}""";
    private const string Jumps = """{"candidates": [{"content": {"parts": [{"text": " jumps."}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 9,"candidatesTokenCount": 2,"totalTokenCount": 11}}""";

    private readonly TaskCompletionSource mayCut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayUnderTest gateway = null!;

    public async Task InitializeAsync()
    {
        gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Streams = new StreamSettings { ContinuationsMax = 1 } });
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData(Chat, true)]
    [InlineData(Chat, false)]
    [InlineData(Sse, true)]
    [InlineData(Sse, false)]
    [InlineData(Array, true)]
    public async Task CutText_IsContinuedWithoutASeam(string path, bool isBroken)
    {
        gateway.Upstream.InTurn(context => CutAsync(context, path, isBroken, Quick), context => WholeAsync(context, path, Thought, Repeat, Fox, Thought, Jumps));

        var (text, isAborted) = await AskAsync(path);

        Assert.False(isAborted, text);
        Assert.Equal("The quick brown fox jumps.", TextOf(path, text));
        Assert.DoesNotContain("Where was I?", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split(path == Chat ? "\"finish_reason\":\"" : "\"finishReason\"").Length);
        Assert.Contains(path == Chat ? "\"prompt_tokens\":13,\"completion_tokens\":5,\"total_tokens\":18" : "\"promptTokenCount\":13,\"candidatesTokenCount\":5,\"totalTokenCount\":18", text, StringComparison.Ordinal);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal((9L, 2L), (gateway.Pool.Settled[1].Outcome.PromptTokens!.Value, gateway.Pool.Settled[1].Outcome.OutputTokens!.Value));
        var contents = JsonNode.Parse(gateway.Upstream.Calls[1].Body)!["contents"]!.AsArray();
        Assert.Equal("The quick brown ", (string?)contents[^2]!["parts"]![0]!["text"]);
        Assert.Equal(gateway.Upstream.Calls[0].Target, gateway.Upstream.Calls[1].Target);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("its rest is asked for (1 of 1)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    public async Task Continuation_FailsBeforeItAdds_IsTriedOnAnotherKey(string path)
    {
        gateway.Upstream.InTurn(
            context => CutAsync(context, path, isBroken: true, Quick),
            context => ScriptedUpstream.WriteAsync(context, 429, Answers.Error(429, "RESOURCE_EXHAUSTED")),
            context => WholeAsync(context, path, Answers.Empty),
            context => WholeAsync(context, path, Repeat, Fox, Jumps));

        var (text, isAborted) = await AskAsync(path);

        Assert.False(isAborted, text);
        Assert.Equal("The quick brown fox jumps.", TextOf(path, text));
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.KeyRateLimited, CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    [InlineData(Array)]
    public async Task CutMoreOftenThanAllowed_IsAnError(string path)
    {
        gateway.Upstream.InTurn(context => CutAsync(context, path, isBroken: false, Quick), context => WholeAsync(context, path, Repeat, Fox));

        var (text, isAborted) = await AskAsync(path);

        Assert.True(isAborted);
        Assert.Contains("\"error\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain(path == Chat ? "\"finish_reason\":\"" : "\"finishReason\"", text, StringComparison.Ordinal);
        Assert.Contains("fox", text, StringComparison.Ordinal);
        Assert.Equal(2, gateway.Upstream.Calls.Count);
        if (path == Array)
        {
            Assert.True(JsonDocument.Parse(text).RootElement.EnumerateArray().Last().TryGetProperty("error", out _));
        }
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Sse)]
    public async Task Continuation_WithNothingToAdd_IsAnError(string path)
    {
        gateway.Upstream.Answer = (context, call) => call.Number == 1 ? CutAsync(context, path, isBroken: true, Quick) : WholeAsync(context, path, Thought, Answers.Empty);

        var (text, isAborted) = await AskAsync(path);

        Assert.True(isAborted);
        Assert.Contains("\"error\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain("STOP", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Chat, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData(Chat, ",\"response_format\":{\"type\":\"json_object\"}")]
    [InlineData(Sse, ",\"tools\":[{\"googleSearch\":{}}]")]
    public async Task ToolsAndSchemas_AreNotContinued(string path, string member)
    {
        gateway.Upstream.Answer = (context, _) => CutAsync(context, path, isBroken: true, Quick);

        var (_, isAborted) = await AskAsync(path, member);

        Assert.True(isAborted);
        Assert.Single(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData("/v1/messages", "{\"model\":\"gemini-x\",\"stream\":true,\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "\"text_delta\",\"text\":\"fox\"", "message_stop")]
    [InlineData("/v1/responses", "{\"model\":\"gemini-x\",\"stream\":true,\"store\":false,\"max_output_tokens\":99,\"input\":\"Hi\"}", "The quick brown fox jumps.", "response.completed")]
    public async Task OtherFaces_GoOnTheSameWay(string path, string body, string joined, string end)
    {
        gateway.Upstream.InTurn(context => CutAsync(context, path, isBroken: true, Quick), context => WholeAsync(context, path, Thought, Repeat, Fox, Jumps));

        await using var reading = await StreamReading.StartAsync(gateway.Client, path, body);
        await reading.UntilAsync("The quick brown ");
        mayCut.SetResult();
        var text = await reading.ToEndAsync();

        Assert.False(reading.IsAborted, text);
        Assert.Contains(joined, text, StringComparison.Ordinal);
        Assert.Contains(end, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Where was I?", text, StringComparison.Ordinal);
        Assert.Equal(96, (int)JsonNode.Parse(gateway.Upstream.Calls[1].Body)!["generationConfig"]!["maxOutputTokens"]!);
    }

    [Fact]
    public async Task AnswerWithMoreThanText_IsNotContinued()
    {
        const string Code = """{"candidates": [{"content": {"parts": [{"executableCode": {"language": "PYTHON","code": "1"}}],"role": "model"}}]}""";
        gateway.Upstream.Answer = (context, _) => CutAsync(context, Sse, isBroken: true, Code, Quick);

        var (_, isAborted) = await AskAsync(Sse);

        Assert.True(isAborted);
        Assert.Single(gateway.Upstream.Calls);
    }

    private static string BodyFor(string path, string member) => path == Chat
        ? $$"""{"model":"gemini-x","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]{{member}}}"""
        : $$"""{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]{{member}}}""";

    private static Task WholeAsync(HttpContext context, string path, params string[] events) => path == Array
        ? ScriptedUpstream.WriteAsync(context, 200, $"[{string.Join(",\r\n", events)}\n]", Answers.Json)
        : ScriptedUpstream.WriteAsync(context, 200, string.Concat(events.Select(Answers.Event)), Answers.Sse);

    private static string TextOf(string path, string text)
    {
        if (path == Chat)
        {
            return string.Concat(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block["data: ".Length..]).Where(data => data != "[DONE]")
                .SelectMany(data => JsonNode.Parse(data)!["choices"]!.AsArray()).Select(choice => (string?)choice!["delta"]!["content"]));
        }

        var events = path == Array
            ? JsonNode.Parse(text)!.AsArray().Select(item => item!)
            : text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries).Select(block => JsonNode.Parse(block["data: ".Length..])!);
        return string.Concat(events.SelectMany(item => item["candidates"]![0]!["content"]!["parts"]!.AsArray()).Select(part => (string?)part!["text"]));
    }

    private async Task CutAsync(HttpContext context, string path, bool isBroken, params string[] events)
    {
        await ScriptedUpstream.WriteAsync(
            context, 200, path == Array ? $"[{string.Join(",\r\n", events)}" : string.Concat(events.Select(Answers.Event)), path == Array ? Answers.Json : Answers.Sse);
        await context.Response.Body.FlushAsync();
        await mayCut.Task;
        if (isBroken)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(path == Array ? ",\r\n{\"candidates\": [{\"cont" : "data: {\"candidates\": [{\"cont"));
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }

    private async Task<(string Text, bool IsAborted)> AskAsync(string path, string member = "")
    {
        await using var reading = await StreamReading.StartAsync(gateway.Client, path, BodyFor(path, member));
        await reading.UntilAsync("The quick brown ");
        mayCut.TrySetResult();
        return (await reading.ToEndAsync(), reading.IsAborted);
    }
}
