using System.Net;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Responses;

public sealed class ResponsesEndpointTests
{
    private const string Hello = """{"model":"gemini-x","input":"Hi"}""";
    private const string HelloStream = """{"model":"gemini-x","input":"Hi","stream":true}""";

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/hf/v1/responses")]
    public async Task Whole_IsTranslatedBothWays(string path)
    {
        await using var client = await ResponsesClient.StartAsync();

        var (status, body) = await client.SendAsync("POST", path, Hello);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("response", "completed", true), ((string?)body["object"], (string?)body["status"], (bool)body["store"]!));
        Assert.Equal("Hello", (string?)body["output"]![0]!["content"]![0]!["text"]);
        Assert.Equal(6, (int)body["usage"]!["total_tokens"]!);
        Assert.Equal("/v1beta/models/gemini-x:generateContent", Assert.Single(client.Gateway.Upstream.Calls).Target);
        Assert.Equal(["user: Hi"], client.SentTexts());
        Assert.Equal([CallOutcomeKind.Succeeded], client.Gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("/v1/responses/input_tokens")]
    [InlineData("/hf/v1/responses/input_tokens")]
    public async Task InputTokens_AreCountedByTheUpstreamWithAllThatCameBefore(string path)
    {
        await using var client = await ResponsesClient.StartAsync();
        var id = (string?)(await client.CreateAsync(Hello))["id"];
        client.Gateway.Upstream.Always(200, """{"totalTokens": 31}""");

        var (status, body) = await client.SendAsync("POST", path, $$"""{"model":"gemini-x","input":"And now?","previous_response_id":"{{id}}","instructions":"Be brief."}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"object":"response.input_tokens","input_tokens":31}""", body.ToJsonString());
        var call = client.Gateway.Upstream.Calls[^1];
        var asked = JsonNode.Parse(call.Body)!["generateContentRequest"]!;
        Assert.Equal("/v1beta/models/gemini-x:countTokens", call.Target);
        Assert.Equal("models/gemini-x", (string?)asked["model"]);
        Assert.Equal(["Hi", "Hello", "And now?"], asked["contents"]!.AsArray().Select(turn => (string?)turn!["parts"]![0]!["text"]));
        Assert.Equal("Be brief.", (string?)asked["systemInstruction"]!["parts"]![0]!["text"]);
        Assert.Equal("gemini-x:countTokens", client.Gateway.Pool.Requests[^1].Model);
    }

    [Fact]
    public async Task Stream_TriesAnotherKeyBeforeItsFirstEvent()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE")),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart), Answers.Sse));

        var (events, isCut) = await client.StreamAsync(HelloStream);

        Assert.False(isCut);
        Assert.Equal("response.created", (string?)events[0]["type"]);
        Assert.Equal("response.completed", (string?)events[^1]["type"]);
        Assert.Equal("Hello", (string?)events[^1]["response"]!["output"]![0]!["content"]![0]!["text"]);
        Assert.Single(events.Select(item => (string?)item["response"]?["id"]).OfType<string>().Distinct());
        Assert.Equal([CallOutcomeKind.UpstreamUnavailable, CallOutcomeKind.Succeeded], client.Gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_CutAfterItsFirstEvent_EndsWithAnErrorAndNoSecondCall()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.Always(200, Answers.Event(Answers.FirstPart), Answers.Sse);

        var (events, isCut) = await client.StreamAsync(HelloStream);

        Assert.True(isCut);
        Assert.Equal(["error", "response.failed"], events[^2..].Select(item => (string)item["type"]!));
        Assert.Equal("failed", (string?)events[^1]["response"]!["status"]);
        Assert.Single(client.Gateway.Upstream.Calls);
        Assert.Empty(client.Store.Kept);
    }

    [Theory]
    [InlineData("""{"model":"gemini-x"}""", "input")]
    [InlineData("""{"model":"gemini-x","input":"x","background":true,"stream":true}""", "stream")]
    [InlineData("""{"model":"gemini-x","input":"x","background":true,"store":false}""", "store")]
    [InlineData("""{"model":"gemini-x","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png"}]}],"background":true}""", "input[0].content[0].image_url")]
    [InlineData("""{"model":"gemini-x","input":[{"role":"user","content":"a"},{"role":"user","content":[{"type":"input_image","image_url":"data:image/png"}]}]}""", "input[1].content[0].image_url")]
    [InlineData("""{"model":"gemini-x","input":"x","tools":[{"type":"mcp","server_label":"s"}]}""", "tools[0].type")]
    [InlineData("""{"model":"gemini-2.5-flash-preview-tts","input":"x"}""", "model")]
    public async Task Refused_InOpenAIsShape_WithTheFieldOfTheClient(string json, string param)
    {
        await using var client = await ResponsesClient.StartAsync();

        var (status, body) = await client.SendAsync("POST", "/v1/responses", json);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_error", param), (status, (string?)body["error"]!["type"], (string?)body["error"]!["param"]));
        Assert.Empty(client.Gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", 400)]
    [InlineData(429, "RESOURCE_EXHAUSTED", 429)]
    [InlineData(503, "UNAVAILABLE", 503)]
    public async Task UpstreamFails_TellsItInOpenAIsShape(int upstream, string name, int told)
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.Always(upstream, Answers.Error(upstream, name));

        var (status, body) = await client.SendAsync("POST", "/v1/responses", HelloStream);

        Assert.Equal(told, (int)status);
        Assert.NotNull((string?)body["error"]!["message"]);
    }

    [Fact]
    public async Task FilteredModel_IsNotThere()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-x" } });

        var (status, body) = await client.SendAsync("POST", "/v1/responses", Hello);

        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (status, (string?)body["error"]!["code"]));
    }
}
