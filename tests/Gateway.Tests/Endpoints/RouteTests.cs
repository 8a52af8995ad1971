using System.IO.Compression;
using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class RouteTests
{
    [Theory]
    [InlineData("GET", "/v1/nothing", 404, false)]
    [InlineData("POST", "/v1", 404, false)]
    [InlineData("GET", "/hf/v1/nothing/at/all", 404, false)]
    [InlineData("PUT", "/v1beta/models", 405, true)]
    [InlineData("GET", "/v1beta/files/abc", 403, true)]
    [InlineData("GET", "/v1beta/unheard/abc", 404, true)]
    [InlineData("GET", "/v1beta/models/gemini-x:generateContent", 404, true)]
    [InlineData("POST", "/v1beta/models/gemini-x", 404, true)]
    [InlineData("POST", "/v1beta/models/..:generateContent", 404, true)]
    [InlineData("POST", "/v1beta/models/a%2F..%2Fb:generateContent", 404, true)]
    [InlineData("DELETE", "/v1beta/models/gemini-x", 405, true)]
    [InlineData("POST", "/v1/models/gemini-x", 404, true)]
    [InlineData("DELETE", "/v1/models/gemini-x", 405, false)]
    [InlineData("GET", "/v1/chat/completions", 405, false)]
    [InlineData("POST", "/v1/models", 405, false)]
    [InlineData("POST", "/openai/v1/a%2F..%2Fb", 404, false)]
    [InlineData("DELETE", "/openai/v1/models", 405, false)]
    public async Task Request_UnknownPathOrWrongVerb_IsToldInTheFacesShape(string method, string path, int status, bool isGoogle)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(gateway.Address.AbsoluteUri.TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var error = body.RootElement.GetProperty("error");
        Assert.Equal(isGoogle ? JsonValueKind.Number : JsonValueKind.String, error.GetProperty("code").ValueKind);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task WebSocket_WhereThereIsNone_IsToldToGoOnWithoutOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/responses");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("POST", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_TellsAPersonWhereTheyAre()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = gateway.NewClient(token: null);

        using var response = await client.GetAsync("/");

        Assert.Contains("/v1beta", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/v1beta/models/gemini-x:generateContent")]
    [InlineData("/openai/v1/chat/completions")]
    public async Task Body_LargerThanTheBound_Is413BeforeItIsRead(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new LongContent(Limits.RequestBodyBytesMax + 1L) };
        request.Headers.ExpectContinue = true;

        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("100 MB", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Pool.Requests);
    }

    [Fact]
    public async Task Body_Compressed_IsRefusedClearly()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{}"u8.ToArray());
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("Content-Encoding", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_Chunked_IsReadWhole()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var body = new byte[300_000];
        new Random(1).NextBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1beta/models/gemini-x:predict") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, Assert.Single(gateway.Upstream.Calls).Body);
    }
}
