using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class CompletionsTests
{
    private const string Two = """{"model":"gemini-x","prompt":["One ","Two "],"echo":true}""";
    private static readonly string Whole = Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart);

    [Theory]
    [InlineData("/v1/completions")]
    [InlineData("/hf/v1/completions")]
    public async Task Completion_TwoPrompts_AreTwoCallsAndOneAnswer(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, Two, path);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(["One Hello", "Two Hello"], answer.RootElement.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("text").GetString()));
        Assert.Equal(12, answer.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(["/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent"], gateway.Upstream.Calls.Select(call => call.Target));
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Completion_Streamed_IsOneStreamOfBothPromptsWithOneEnd()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Whole, Answers.Sse);

        using var response = await PostAsync(gateway, Two[..^1] + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..]).ToList();
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(data => JsonDocument.Parse(data).RootElement).ToList();
        var choices = chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).ToList();
        foreach (var (index, text) in new[] { (0, "One Hello"), (1, "Two Hello") })
        {
            var own = choices.Where(choice => choice.GetProperty("index").GetInt32() == index).ToList();
            Assert.Equal(text, string.Concat(own.Select(choice => choice.GetProperty("text").GetString())));
            Assert.Equal("stop", Assert.Single(own, choice => choice.GetProperty("finish_reason").ValueKind == JsonValueKind.String).GetProperty("finish_reason").GetString());
        }

        Assert.Equal(18, Assert.Single(chunks, chunk => chunk.GetProperty("usage").ValueKind == JsonValueKind.Object).GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Completion_EmptyThenOk_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty), context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await PostAsync(gateway, """{"model":"gemini-x","prompt":"x"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Completion_ModelWithoutLogprobs_IsAskedAgainWithout(bool stream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT")),
            context => stream ? ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse) : ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await PostAsync(gateway, $$"""{"model":"gemini-x","prompt":"x","logprobs":2,"stream":{{(stream ? "true" : "false")}}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([true, false], gateway.Upstream.Calls.Select(call => Encoding.UTF8.GetString(call.Body).Contains("responseLogprobs", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Completion_SecondPromptFailsInAStream_EndsInAnError()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Whole, Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = new StringContent(Two[..^1] + ",\"stream\":true}") };

        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var all = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(all));

        var text = Encoding.UTF8.GetString(all.ToArray());
        Assert.Contains("\"error\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body, string path = "/v1/completions") =>
        gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
