using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class GeminiFaithfulnessTests
{
    // Odd spacing, unknown members, escapes, doubled names and a byte order that no serializer would give back.
    private const string OddRequest =
        "{ \"contents\" :[ {\"parts\":[{\"text\":\"\\u00e9 é \\/ \"} ],\r\n\"role\":\"user\"}],\t\"tomorrow\":{\"x\":1.0e+2,\"x\":01234567890},\"z\":null }\n\n";

    private const string OddAnswer =
        "{\r\n  \"candidates\": [ {\"content\": {\"parts\": [{\"text\": \"\\u003cb\\u003e é\"}],\"role\": \"model\"}, \"finishReason\": \"STOP\",\"newField\": 1e400}],\n"
        + " \"usageMetadata\": {\"promptTokenCount\": 7,\"candidatesTokenCount\": 3, \"thoughtsTokenCount\": 2},\"brandNew\": [1 , 2]}\n ";

    [Theory]
    [InlineData("/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("/gemini/v1beta/models/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("/v1alpha/models/gemini-x:generateContent", "/v1alpha/models/gemini-x:generateContent")]
    [InlineData("/v1beta/tunedModels/mine-1:generateContent", "/v1beta/tunedModels/mine-1:generateContent")]
    [InlineData("/v1beta/models%2Fgemini-x%3AgenerateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("//v1beta//models/gemini-x:generateContent/", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("/v1beta/gemini-x:generateContent", "/v1beta/models/gemini-x:generateContent")]
    [InlineData("/v1beta/models/gemini-x:predict?a=%20b&key=client-token-of-the-test&c=", "/v1beta/models/gemini-x:predict?a=%20b&c=")]
    [InlineData("/v1beta/models/gemini-x:tomorrow?%6bey=client-token-of-the-test&access_token=t&$alt=json", "/v1beta/models/gemini-x:tomorrow?$alt=json")]
    public async Task Post_AnyMethod_PassesBytesBothWays(string path, string target)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, OddAnswer, "application/json; charset=UTF-8; odd=1");

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(OddRequest));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json;odd=\"x\"");
        using var response = await gateway.Client.PostAsync(new Uri(gateway.Address.AbsoluteUri.TrimEnd('/') + path), content);

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal(target, call.Target);
        Assert.Equal("POST", call.Method);
        Assert.Equal(Encoding.UTF8.GetBytes(OddRequest), call.Body);
        Assert.Equal("application/json;odd=\"x\"", call.Headers["Content-Type"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=UTF-8; odd=1", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal(Encoding.UTF8.GetBytes(OddAnswer), await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal(CallOutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal((7, 5), (outcome.PromptTokens, outcome.OutputTokens));
        Assert.Equal(lease.Key.Id.Value, response.Headers.GetValues("x-gateway-key-id").Single());
    }
}
