using System.Net;
using System.Text;
using GeminiBalance.Gateway.Live;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>Half a surrogate pair is well-formed JSON and no text: it is for the upstream to refuse, and no fault of the gateway.</summary>
public sealed class LenientReadingTests
{
    [Theory]
    [InlineData("""{"bidiGenerateContentSetup":{"model":"\ud800"}}""")]
    [InlineData("""{"\ud800":1,"bidiGenerateContentSetup":{"model":"models/x"}}""")]
    [InlineData("""{"expireTime":"\ud800"}""")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    public void LiveToken_OddRequest_IsUnknown(string body) => Assert.Null(LiveTokenRequest.Read(Encoding.UTF8.GetBytes(body)).ExpiresAt);

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"file":{"name":"\ud800"}}""")]
    [InlineData("nonsense")]
    public void Answer_OddResource_IsNone(string body) => Assert.Null(AnsweredResource.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("/upload/v1beta/files", """{"file":{"name":"\ud800"}}""")]
    [InlineData("/v1alpha/auth_tokens", """{"bidiGenerateContentSetup":{"model":"\ud800"}}""")]
    public async Task Call_OddBody_IsForTheUpstreamToRefuse(string path, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT"));

        using var response = await SendAsync(gateway, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData("text/html", "<html>")]
    [InlineData("application/json", """{"name":"\ud800"}""")]
    [InlineData("application/json", "[]")]
    public async Task LiveToken_AnswerThatNamesNone_IsTheUpstreamsFault(string type, string answer)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer, type);

        using var response = await SendAsync(gateway, "/v1alpha/auth_tokens", "{}");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", "start");
        return await gateway.Client.SendAsync(request);
    }
}
