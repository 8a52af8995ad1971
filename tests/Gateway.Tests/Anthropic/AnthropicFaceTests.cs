using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Anthropic;

public sealed class AnthropicFaceTests
{
    private const string Hello = "{\"model\":\"gemini-x\",\"max_tokens\":2048,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/messages?beta=true")]
    [InlineData("/anthropic/v1/messages")]
    [InlineData("//v1/messages/")]
    public async Task Messages_Whole_IsTranslatedBothWays(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, path, Hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("message", answer.RootElement.GetProperty("type").GetString());
        Assert.Equal("gemini-x", answer.RootElement.GetProperty("model").GetString());
        Assert.Equal("Hello", Assert.Single(answer.RootElement.GetProperty("content").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal("end_turn", answer.RootElement.GetProperty("stop_reason").GetString());
        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/gemini-x:generateContent", call.Target);
        Assert.DoesNotContain("anthropic", string.Join(' ', call.Headers.Keys), StringComparison.OrdinalIgnoreCase);
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal("gemini-x", lease.Model);
        Assert.NotNull(gateway.Pool.Requests[0].Affinity);
        Assert.Equal((CallOutcomeKind.Succeeded, 4L, 2L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Theory]
    [InlineData("claude-haiku-4-5-20251001", "gemini-flash-lite-latest")]
    [InlineData("claude-sonnet-5", "gemini-flash-latest")]
    [InlineData("claude-opus-5", "gemini-pro-latest")]
    [InlineData("claude-something-new", "gemini-flash-latest")]
    [InlineData("anthropic/claude-3-5-Haiku-latest", "gemini-flash-lite-latest")]
    [InlineData("models/gemini-2.5-pro", "gemini-2.5-pro")]
    public async Task Messages_ModelsOfAnthropic_AreServedByTheirClass(string asked, string served)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await PostAsync(gateway, "/v1/messages", Hello.Replace("gemini-x", asked, StringComparison.Ordinal));

        Assert.Equal($"/v1beta/models/{served}:generateContent", Assert.Single(gateway.Upstream.Calls).Target);
        using var answer = await JsonAsync(response);
        Assert.Equal(asked, answer.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Messages_ModelMapOfTheOperator_HoldsFromTheNextRequest()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);
        gateway.Settings.Change(settings => settings with
        {
            Anthropic = new AnthropicSettings { ModelMap = new Dictionary<string, string> { ["opus"] = "a", ["claude-opus-5"] = "b", ["gemini-x"] = "c" } },
        });

        foreach (var model in (string[])["claude-opus-4-8", "claude-opus-5", "gemini-x", "claude-sonnet-5"])
        {
            using var response = await PostAsync(gateway, "/v1/messages", Hello.Replace("gemini-x", model, StringComparison.Ordinal));
        }

        Assert.Equal(["a", "b", "c", "claude-sonnet-5"], gateway.Pool.Requests.Select(request => request.Model));
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", 400, "invalid_request_error")]
    [InlineData(404, "NOT_FOUND", 404, "not_found_error")]
    [InlineData(403, "PERMISSION_DENIED", 503, "api_error")]
    [InlineData(429, "RESOURCE_EXHAUSTED", 429, "rate_limit_error")]
    [InlineData(503, "UNAVAILABLE", 529, "overloaded_error")]
    public async Task Messages_UpstreamFails_TellsItInAnthropicsShape(int upstream, string name, int told, string type)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(upstream, Answers.Error(upstream, name, message: "Bad key AIzaTestKeyNumberOne-000000000000000001."));

        using var response = await PostAsync(gateway, "/v1/messages", Hello);

        Assert.Equal((HttpStatusCode)told, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("error", answer.RootElement.GetProperty("type").GetString());
        Assert.Equal(type, answer.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("AIzaTest", answer.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(told == 429, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData("POST", "/v1/messages", "{", 400, "invalid_request_error")]
    [InlineData("POST", "/v1/messages", "{\"model\":\"a/../b\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", 400, "invalid_request_error")]
    [InlineData("POST", "/v1/messages/count_tokens", "{\"model\":\"x\"}", 400, "invalid_request_error")]
    [InlineData("GET", "/v1/messages", null, 405, "invalid_request_error")]
    [InlineData("POST", "/v1/messages/batches", "{}", 404, "not_found_error")]
    [InlineData("GET", "/anthropic/v1/nothing", null, 404, "not_found_error")]
    public async Task Request_ThatCannotBeServed_IsToldInAnthropicsShape(string method, string path, string? body, int status, string type)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body) };

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal(type, answer.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Empty(gateway.Pool.Requests);
    }

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/models")]
    public async Task Request_WithoutAToken_Is401InAnthropicsShape(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.NewClient(token: null);
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("authentication_error", answer.RootElement.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Messages_RefusedSchema_IsTriedOnceInPlainWords()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT")),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await PostAsync(gateway, "/v1/messages", Hello[..^1] + ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}]}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("parametersJsonSchema", Encoding.UTF8.GetString(gateway.Upstream.Calls[0].Body), StringComparison.Ordinal);
        Assert.Contains("\"parameters\"", Encoding.UTF8.GetString(gateway.Upstream.Calls[1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountTokens_IsTheUpstreamsCountAndSpendsNoQuotaOfTheModel()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, "{\"totalTokens\": 31}");

        using var response = await PostAsync(gateway, "/v1/messages/count_tokens?beta=true", "{\"model\":\"gemini-x\",\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        Assert.Equal("{\"input_tokens\":31}", await response.Content.ReadAsStringAsync());
        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/gemini-x:countTokens", call.Target);
        using var sent = JsonDocument.Parse(call.Body);
        var counted = sent.RootElement.GetProperty("generateContentRequest");
        Assert.Equal("models/gemini-x", counted.GetProperty("model").GetString());
        Assert.Equal("S", counted.GetProperty("systemInstruction").GetProperty("parts")[0].GetProperty("text").GetString());
        Assert.Equal("gemini-x:countTokens", Assert.Single(gateway.Pool.Requests).Model);
    }

    [Fact]
    public async Task Models_AreInTheShapeOfTheClient()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, "{\"models\":[{\"name\":\"models/gemini-flash-latest\",\"displayName\":\"Flash\",\"inputTokenLimit\":1048576,\"supportedGenerationMethods\":[\"generateContent\"]}]}");
        using var anthropic = gateway.NewClient();
        anthropic.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

        using var list = JsonDocument.Parse(await anthropic.GetStringAsync("/v1/models?limit=1000"));
        using var one = JsonDocument.Parse(await anthropic.GetStringAsync("/v1/models/claude-sonnet-5"));
        using var missing = await anthropic.GetAsync("/v1/models/gemini-nothing");
        using var openAI = JsonDocument.Parse(await gateway.Client.GetStringAsync("/v1/models"));

        Assert.False(list.RootElement.GetProperty("has_more").GetBoolean());
        Assert.Equal("gemini-flash-latest", list.RootElement.GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal("claude-sonnet-5", one.RootElement.GetProperty("id").GetString());
        Assert.Equal("Flash", one.RootElement.GetProperty("display_name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("list", openAI.RootElement.GetProperty("object").GetString());
    }

    [Fact]
    public async Task Messages_FilteredModel_IsNotServed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-flash-latest" } });

        using var response = await PostAsync(gateway, "/v1/messages", Hello.Replace("gemini-x", "claude-sonnet-5", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Request_ToAWrongPath_IsToldTheRightOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await PostAsync(gateway, "/elsewhere/messages", Hello);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using var answer = await JsonAsync(response);
        Assert.Equal("not_found_error", answer.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains("Did you mean /v1/messages?", answer.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CallFace_OfAnthropic_HasANameOfItsOwn() => Assert.Equal("anthropic", CallNames.NameOf(CallFace.Anthropic));

    private static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address.AbsoluteUri.TrimEnd('/') + path))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Headers.Add("anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14");
        return gateway.Client.SendAsync(request);
    }

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
}
