using System.Net;
using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Blame;

/// <summary>Many clients that name files and caches of other projects must not cost the pool a key or a model.</summary>
public sealed class ResourceBlameTests : ConformanceTest
{
    private const string File = """{"contents":[{"role":"user","parts":[{"text":"hi"},{"fileData":{"mimeType":"image/png","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/of-another"}}]}]}""";
    private const string Cache = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"cachedContent":"cachedContents/of-another"}""";
    private const string Plain = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    [Theory]
    [InlineData(File, FakeErrorKind.PermissionDenied, HttpStatusCode.Forbidden)]
    [InlineData(Cache, FakeErrorKind.PermissionDenied, HttpStatusCode.Forbidden)]
    [InlineData(File, FakeErrorKind.ModelNotFound, HttpStatusCode.NotFound)]
    [InlineData(Cache, FakeErrorKind.ModelNotFound, HttpStatusCode.NotFound)]
    public async Task ForeignResource_ManyTimes_CostsNoKeyItsPlace(string body, FakeErrorKind error, HttpStatusCode told)
    {
        Upstream.Knobs.Fail(error);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(told, await PostAsync(body));
        }

        Upstream.Knobs.Clear();

        Assert.Equal(20, Upstream.Requests.Count);
        await Gateway.AssertNoKeyIsBlamedAsync("foreign resources");
        Assert.All(await Gateway.Keys.ListAsync(CancellationToken.None), key => Assert.All(key.Models, model => Assert.True(model.IsAvailable)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Plain));
    }

    private async Task<HttpStatusCode> PostAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1beta/models/gemini-2.5-flash:generateContent") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        using var response = await Gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
