using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>POST <c>images/generations</c>.</summary>
public sealed class ImagesEndpointTests
{
    private const string Prediction = """{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"QUJD"}]}""";
    private const string Drawn =
        """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1290,"totalTokenCount":1294}}""";

    [Theory]
    [InlineData("/v1/images/generations")]
    [InlineData("/hf/v1/images/generations")]
    public async Task Generate_GeminiModel_AnswersAPictureAndSettlesItsTokens(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);

        var (response, body) = await PostAsync(gateway, """{"model":"dall-e-3","prompt":"a cat"}""", path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("QUJD", (string?)body["data"]![0]!["b64_json"]);
        Assert.Equal(1294, (int)body["usage"]!["total_tokens"]!);
        Assert.Equal("/v1beta/models/gemini-3.1-flash-image:generateContent", Assert.Single(gateway.Upstream.Calls).Target);
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal(("gemini-3.1-flash-image", CallOutcomeKind.Succeeded, 4L), (lease.Model, outcome.Kind, outcome.PromptTokens!.Value));
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Generate_Imagen_IsOnePredictionAndHasNoUsage()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, """{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"QUJD"},{"mimeType":"image/png","bytesBase64Encoded":"QUJE"}]}""");

        var (_, body) = await PostAsync(gateway, """{"model":"imagen-4.0-generate-001","prompt":"a cat","n":2}""");

        Assert.Equal(["QUJD", "QUJE"], body["data"]!.AsArray().Select(image => (string?)image!["b64_json"]));
        Assert.Null(body["usage"]);
        Assert.Equal("/v1beta/models/imagen-4.0-generate-001:predict", Assert.Single(gateway.Upstream.Calls).Target);
    }

    [Fact]
    public async Task Generate_Several_AreAsManyCallsWithLeasesOfTheirOwn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);

        var (response, body) = await PostAsync(gateway, """{"prompt":"a cat","n":6}""");

        Assert.Equal(6, body["data"]!.AsArray().Count);
        Assert.Equal(6 * 1294, (int)body["usage"]!["total_tokens"]!);
        Assert.Equal(6, gateway.Pool.Settled.Count);
        Assert.Equal("6", response.Headers.GetValues("x-gateway-attempts").Single());
    }

    [Fact]
    public async Task Generate_MorePicturesThanAsked_AreAllPassedOn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn.Replace("""{"inlineData":""", """{"inlineData":{"mimeType":"image/png","data":"QUJE"}},{"inlineData":""", StringComparison.Ordinal));

        var (_, body) = await PostAsync(gateway, """{"prompt":"a cat"}""");

        Assert.Equal(["QUJE", "QUJD"], body["data"]!.AsArray().Select(image => (string?)image!["b64_json"]));
    }

    [Fact]
    public async Task Generate_BrokenThenGood_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE")),
            context => ScriptedUpstream.WriteAsync(context, 200, """{"predictions":[{}]}"""),
            context => ScriptedUpstream.WriteAsync(context, 200, Prediction));

        var (response, _) = await PostAsync(gateway, """{"model":"imagen-4.0-generate-001","prompt":"a cat"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.UpstreamUnavailable, CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Generate_SomePicturesFail_TheOthersAreAnswered()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Answer = (context, call) =>
            call.Number == 2 ? ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE")) : ScriptedUpstream.WriteAsync(context, 200, Drawn);

        var (response, body) = await PostAsync(gateway, """{"prompt":"a cat","n":3}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, body["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{}", "content_policy_violation")]
    [InlineData("""{"predictions":[{"raiFilteredReason":"Withheld."}]}""", "content_policy_violation")]
    public async Task Generate_Withheld_Is400AndBlamesNobody(string answer, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer);

        var (response, body) = await PostAsync(gateway, """{"model":"imagen-4.0-generate-001","prompt":"a cat"}""");

        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, (string?)body["error"]!["code"]));
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("""{"prompt":"a cat","n":99}""", 400, "n")]
    [InlineData("""{"prompt":"a cat","output_format":"webp"}""", 400, "output_format")]
    [InlineData("""{"model":"gone","prompt":"a cat"}""", 404, "model")]
    [InlineData("""{"prompt":""}""", 400, "prompt")]
    public async Task Generate_WhatCannotBeDone_CostsNoCall(string request, int status, string param)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gone" } });

        var (response, body) = await PostAsync(gateway, request);

        Assert.Equal((status, param), ((int)response.StatusCode, (string?)body["error"]!["param"]));
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Generate_UpstreamsRefusal_KeepsItsStatusAndStopsTheRest()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT", message: "No such thing."));

        var (response, body) = await PostAsync(gateway, """{"prompt":"a cat","n":10}""");

        Assert.Equal((HttpStatusCode.BadRequest, "No such thing."), (response.StatusCode, (string?)body["error"]!["message"]));
        Assert.InRange(gateway.Upstream.Calls.Count, 1, 4);
        Assert.All(gateway.Pool.Kinds, kind => Assert.Equal(CallOutcomeKind.RequestRejected, kind));
    }

    [Fact]
    public async Task Generate_UrlWithoutAHost_IsADataUri()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);

        Assert.Equal("data:image/png;base64,QUJD", (string?)(await PostAsync(gateway, """{"prompt":"a cat","response_format":"url"}""")).Body["data"]![0]!["url"]);
    }

    [Fact]
    public async Task Generate_Stream_IsOneEventPerPicture()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);
        using var content = new StringContent("""{"prompt":"a cat","stream":true,"partial_images":2}""", Encoding.UTF8, "application/json");

        using var response = await gateway.Client.PostAsync(new Uri("/v1/images/generations", UriKind.Relative), content);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("event: image_generation.completed\ndata: {", text, StringComparison.Ordinal);
        Assert.Equal("QUJD", (string?)JsonNode.Parse(text.Split("data: ")[1])!["b64_json"]);
    }

    private static async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(GatewayUnderTest gateway, string json, string path = "/v1/images/generations")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var response = await gateway.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
