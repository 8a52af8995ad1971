using System.Net;
using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Blame;

/// <summary>A 404 that one client caused must not take a model, or the list of models, from all others.</summary>
public sealed class ModelBlameTests : ConformanceTest
{
    private const string Body = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";
    private const string Generate = "/v1beta/models/gemini-2.5-flash:generateContent";

    [Theory]
    [InlineData("embedContent")]
    [InlineData("countTokens")]
    [InlineData("predict")]
    public async Task MethodThatAModelDoesNotHave_ManyTimes_CostsNobodyTheModel(string method)
    {
        Upstream.Knobs.Add(new Knob { Method = method, Error = FakeErrorKind.ModelNotFound });
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, await SendAsync($"/v1beta/models/gemini-2.5-flash:{method}", Body));
        }

        Assert.Equal(HttpStatusCode.OK, await SendAsync(Generate, Body));
    }

    [Fact]
    public async Task ModelThatHasServed_OddNotFound_GoesOnServing()
    {
        for (var i = 0; i < 6; i++)
        {
            // Another conversation each time: one stays with its key.
            Assert.Equal(HttpStatusCode.OK, await SendAsync(Generate, Body.Replace("hi", $"hi {i}", StringComparison.Ordinal)));
        }

        Assert.Equal(3, Upstream.Requests.Select(request => request.Key).Distinct(StringComparer.Ordinal).Count());
        Upstream.Knobs.Fail(FakeErrorKind.ModelNotFound, times: 3);

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(Generate, Body));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(Generate, Body));
    }

    [Theory]
    [InlineData("/v1beta/models/gpt-of-nobody", "/v1beta/models")]
    [InlineData("/openai/v1/models/gpt-of-nobody", "/openai/v1/models")]
    public async Task UnknownModelLookedUp_ManyTimes_CostsNobodyTheList(string unknown, string list)
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, await SendAsync(unknown));
        }

        Assert.Equal(HttpStatusCode.OK, await SendAsync(list));
    }

    [Fact]
    public async Task HeadersBeyondAscii_PassAsTheyCame()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Generate) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        request.Headers.TryAddWithoutValidation("User-Agent", "ünïcode 東京");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        request.RequestUri = new Uri(Gateway.Address, Generate);

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ünïcode 東京", Assert.Single(Upstream.Requests).Headers["user-agent"]);
    }

    private async Task<HttpStatusCode> SendAsync(string path, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        using var response = await Gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
