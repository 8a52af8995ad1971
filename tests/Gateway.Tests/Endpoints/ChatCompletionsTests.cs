using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class ChatCompletionsTests
{
    private const string Hello = "{\"model\":\"models/gemini-x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/hf/v1/chat/completions/")]
    public async Task Chat_Whole_IsTranslatedBothWays(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, path, Hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("chat.completion", answer.RootElement.GetProperty("object").GetString());
        Assert.Equal("models/gemini-x", answer.RootElement.GetProperty("model").GetString());
        var choice = Assert.Single(answer.RootElement.GetProperty("choices").EnumerateArray());
        Assert.Equal("Hello", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(6, answer.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/gemini-x:generateContent", call.Target);
        using var sent = JsonDocument.Parse(call.Body);
        Assert.Equal("Hi", sent.RootElement.GetProperty("contents")[0].GetProperty("parts")[0].GetProperty("text").GetString());
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal("gemini-x", lease.Model);
        Assert.True(lease.EstimatedTokens > 0);
        Assert.NotNull(gateway.Pool.Requests[0].Affinity);
        Assert.Equal((CallOutcomeKind.Succeeded, 4L, 2L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Chat_EmptyThenOk_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty),
            context => ScriptedUpstream.WriteAsync(context, 200, "{\"candidates\": ["),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await PostAsync(gateway, "/v1/chat/completions", Hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal("3", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Chat_BlockedPrompt_IsARefusalAndNotAFault()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Blocked);

        using var response = await PostAsync(gateway, "/v1/chat/completions", Hello);

        using var answer = await JsonAsync(response);
        Assert.Equal("content_filter", answer.RootElement.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", 400, null)]
    [InlineData(404, "NOT_FOUND", 404, "model_not_found")]
    [InlineData(403, "PERMISSION_DENIED", 503, "no_api_keys")]
    [InlineData(429, "RESOURCE_EXHAUSTED", 429, "rate_limit_exceeded")]
    [InlineData(503, "UNAVAILABLE", 503, "overloaded")]
    public async Task Chat_UpstreamFails_TellsItInOpenAIsShape(int upstream, string name, int told, string? code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(upstream, Answers.Error(upstream, name, message: "Bad key AIzaTestKeyNumberOne-000000000000000001."));

        using var response = await PostAsync(gateway, "/v1/chat/completions", Hello);

        Assert.Equal((HttpStatusCode)told, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal(code, answer.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("AIzaTest", answer.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(told == 429, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData("{", "The body")]
    [InlineData("{\"model\":\"x\"}", "messages")]
    [InlineData("{\"model\":\"a/../b\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "model")]
    [InlineData("{\"model\":\"x\",\"messages\":[{\"role\":\"robot\",\"content\":\"Hi\"}]}", "role")]
    public async Task Chat_BadRequest_Is400ThatNamesTheField(string body, string field)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await PostAsync(gateway, "/v1/chat/completions", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Contains(field, answer.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Chat_FilteredModel_IsNotServed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-x" } });

        using var response = await PostAsync(gateway, "/v1/chat/completions", Hello);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Chat_SeveralCandidatesRefused_AsksOnceMoreOneByOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => Encoding.UTF8.GetString(call.Body).Contains("candidateCount", StringComparison.Ordinal)
            ? ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT"))
            : ScriptedUpstream.WriteAsync(context, 200, Answers.Ok);

        using var response = await PostAsync(gateway, "/v1/chat/completions", Hello[..^1] + ",\"n\":3}");

        using var answer = await JsonAsync(response);
        Assert.Equal([0, 1, 2], answer.RootElement.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Equal(4, gateway.Upstream.Calls.Count);
        Assert.Equal(CallOutcomeKind.RequestRejected, gateway.Pool.Kinds.First());
    }

    [Fact]
    public async Task Chat_SignatureOfAnotherKeyRefused_AsksOnceMoreWithTheDocumentedDummy()
    {
        const string Body = """
            {"model":"gemini-3-flash-preview","messages":[{"role":"user","content":"a"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},
               "extra_content":{"google":{"thought_signature":"T2xk"}}}]},
             {"role":"tool","tool_call_id":"c1","content":"1"}]}
            """;
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => Encoding.UTF8.GetString(call.Body).Contains("T2xk", StringComparison.Ordinal)
            ? ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT"))
            : ScriptedUpstream.WriteAsync(context, 200, Answers.Ok);

        using var response = await PostAsync(gateway, "/v1/chat/completions", Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.RequestRejected, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Chat_CallOfACustomTool_IsAnsweredAsFreeText()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(
            200, """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"sql","args":{"input":"select 1"}}}]},"finishReason":"STOP"}]}""");

        using var response = await PostAsync(
            gateway, "/v1/chat/completions", Hello[..^1] + ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"sql\"}}]}");

        using var answer = await JsonAsync(response);
        var call = answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0];
        Assert.Equal("custom", call.GetProperty("type").GetString());
        Assert.Equal("""{"name":"sql","input":"select 1"}""", call.GetProperty("custom").GetRawText());
    }

    [Fact]
    public async Task Chat_PictureByUrl_IsFetchedAndSentInline()
    {
        await using var pictures = await ScriptedUpstream.StartAsync();
        pictures.Always(200, "picture", "image/webp");
        await using var gateway = await GatewayUnderTest.StartAsync(
            services: services => services.AddSingleton(new RemoteMediaOptions { IsAllowed = _ => true }));
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, "/v1/chat/completions", WithPicture($"http://127.0.0.1:{pictures.BaseUrl.Port}/a.webp"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(Convert.ToBase64String("picture"u8), Encoding.UTF8.GetString(gateway.Upstream.Calls[0].Body), StringComparison.Ordinal);
        Assert.Single(pictures.Calls);
    }

    [Fact]
    public async Task Chat_PictureOnThisHost_Is400ThatNamesTheMessage()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await PostAsync(gateway, "/v1/chat/completions", WithPicture(gateway.Upstream.BaseUrl + "/secret.png"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("messages[1].content", answer.RootElement.GetProperty("error").GetProperty("param").GetString());
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public async Task Embeddings_AnyNumber_AreAskedInBatchesAndMergedInOrder(int texts, int calls)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = async (context, call) =>
        {
            using var sent = JsonDocument.Parse(call.Body);
            var values = sent.RootElement.GetProperty("requests").EnumerateArray()
                .Select(request => $"{{\"values\": [{request.GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString()}]}}");
            await ScriptedUpstream.WriteAsync(context, 200, $"{{\"embeddings\": [{string.Join(',', values)}]}}");
        };

        var input = string.Join(',', Enumerable.Range(1, texts).Select(number => $"\"{number}\""));
        using var response = await PostAsync(gateway, "/v1/embeddings", $"{{\"model\":\"gemini-embedding-2\",\"input\":[{input}]}}");

        using var answer = await JsonAsync(response);
        Assert.Equal(
            Enumerable.Range(1, texts),
            answer.RootElement.GetProperty("data").EnumerateArray().Select(entry => (int)entry.GetProperty("embedding")[0].GetDouble()));
        Assert.Equal(calls, gateway.Upstream.Calls.Count);
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.Succeeded, calls), gateway.Pool.Kinds);
        Assert.All(gateway.Upstream.Calls, call => Assert.Equal("/v1beta/models/gemini-embedding-2:batchEmbedContents", call.Target));
    }

    [Fact]
    public async Task Embeddings_AnswerLeavesATextOut_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, "{\"embeddings\": [{\"values\": [1]}]}"),
            context => ScriptedUpstream.WriteAsync(context, 200, "{\"embeddings\": [{\"values\": [1]},{\"values\": [2]}]}"));

        using var response = await PostAsync(gateway, "/v1/embeddings", "{\"model\":\"gemini-embedding-2\",\"input\":[\"a\",\"b\"]}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    private static string WithPicture(string url) =>
        "{\"model\":\"gemini-x\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
        + url + "\"}}]}]}";

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string path, string body) =>
        gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
}
