using System.Net;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class UploadTests
{
    private const string File = """{"file": {"name": "files/f1","uri": "https://generativelanguage.googleapis.com/v1beta/files/f1","state": "ACTIVE"}}""";

    [Theory]
    [InlineData("/upload/v1beta/files")]
    [InlineData("/gemini/upload/v1beta/files")]
    public async Task Upload_ByTheGatewaysOwnAddress_NeedsNoToken_AndShowsNothingOfTheUpstream(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        Script(gateway);

        using var started = await StartAsync(gateway, path);
        var address = new Uri(started.Headers.GetValues("X-Goog-Upload-URL").Single());
        using var stranger = gateway.NewClient(token: null);
        using var done = await SendAsync(stranger, address, "upload, finalize", "the bytes");

        Assert.Equal((gateway.Address.Authority, path), (address.Authority, address.AbsolutePath));
        Assert.DoesNotContain("of-the-upstream", address.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", started.Headers.ToString(), StringComparison.Ordinal);
        Assert.Equal(("final", File), (done.Headers.GetValues("X-Goog-Upload-Status").Single(), await done.Content.ReadAsStringAsync()));
        var sent = gateway.Upstream.Calls[1];
        Assert.Equal(("/upload/v1beta/files?upload_id=of-the-upstream", "the bytes"), (sent.Target, System.Text.Encoding.UTF8.GetString(sent.Body)));
        Assert.Equal(("upload, finalize", "0"), (sent.Headers["X-Goog-Upload-Command"], sent.Headers["X-Goog-Upload-Offset"]));
        Assert.Equal(("files/f1", TestTokens.ClientId), (Assert.Single(ResourceEndpointTests.Store(gateway).Rows) is var row ? row.Name : "", row.ClientId));
        Assert.Single(gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct());
    }

    [Fact]
    public async Task Upload_WithAnUnknownTicketOrNone_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var stranger = gateway.NewClient(token: null);

        using var unknown = await SendAsync(stranger, new Uri(gateway.Address, $"/upload/v1beta/files?upload_id={ResourceTicket.Create().Text}"), "upload, finalize", "x");
        using var none = await SendAsync(stranger, new Uri(gateway.Address, "/upload/v1beta/files"), "start", "{}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (unknown.StatusCode, none.StatusCode));
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Upload_OfAnotherClient_IsNotThereForATokenOfSomebodyElse()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        Script(gateway);
        using var started = await StartAsync(gateway, "/upload/v1beta/files");
        var upload = Assert.Single(ResourceEndpointTests.Store(gateway).Rows);
        await ResourceEndpointTests.Store(gateway).RemoveAsync(upload.Name, upload.ClientId, default);
        await ResourceEndpointTests.Store(gateway).SaveAsync([upload with { ClientId = "somebody-else" }], default);

        using var response = await SendAsync(gateway.Client, new Uri(started.Headers.GetValues("X-Goog-Upload-URL").Single()), "upload, finalize", "x");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Upload_BehindAProxy_IsToldTheProxysAddress()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        Script(gateway);

        using var started = await StartAsync(gateway, "/upload/v1beta/files", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "ai.example.org"));

        Assert.StartsWith("https://ai.example.org/upload/v1beta/files?", started.Headers.GetValues("X-Goog-Upload-URL").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_IsPassedOnWhileItComes()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await GateUpstream.StartAsync(arrived);
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { BaseUrl = upstream.BaseUrl });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload/v1beta/files") { Content = new GatedContent(arrived.Task) };
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2 * GatedContent.HalfBytes, upstream.BytesReceived);
    }

    [Fact]
    public async Task Upload_LargerThanARequestMayBe_Passes()
    {
        await using var upstream = await GateUpstream.StartAsync(new TaskCompletionSource());
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { BaseUrl = upstream.BaseUrl });
        const long Bytes = Limits.RequestBodyBytesMax + (4L * 1024 * 1024);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload/v1beta/files") { Content = new LongContent(Bytes) };
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, Bytes), (response.StatusCode, upstream.BytesReceived));
    }

    [Fact]
    public async Task Upload_ThatFailedHalfway_IsNotSentAgain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(503, Answers.Error(503, "UNAVAILABLE"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload/v1beta/files") { Content = new StringContent("the bytes") };
        request.Headers.Add("X-Goog-Upload-Protocol", "raw");
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Single(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Uploads_OfOneClientInOneGo_GoToOneKey_ButNotForEver()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var number = 0;
        gateway.Upstream.Answer = (context, _) => ScriptedUpstream.WriteAsync(context, 200, File.Replace("f1", $"f{number++}", StringComparison.Ordinal));

        for (var i = 0; i < Limits.ResourceGroupMax + 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/upload/v1beta/files") { Content = new StringContent("x") };
            request.Headers.Add("X-Goog-Upload-Protocol", "raw");
            using var response = await gateway.Client.SendAsync(request);
        }

        var runs = gateway.Pool.Settled.GroupBy(entry => entry.Lease.Key.Id).Select(group => group.Count()).ToList();
        Assert.Equal([Limits.ResourceGroupMax, 2], runs);
    }

    private static void Script(GatewayUnderTest gateway) => gateway.Upstream.Answer = (context, call) =>
    {
        var isStart = call.Headers["X-Goog-Upload-Command"] == "start";
        context.Response.Headers["X-Goog-Upload-Status"] = isStart ? "active" : "final";
        if (isStart)
        {
            context.Response.Headers["X-Goog-Upload-URL"] = $"http://{context.Request.Host}/upload/v1beta/files?upload_id=of-the-upstream";
        }

        return ScriptedUpstream.WriteAsync(context, 200, isStart ? "" : File);
    };

    private static async Task<HttpResponseMessage> StartAsync(GatewayUnderTest gateway, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ResourceEndpointTests.Json("""{"file":{"displayName":"a note"}}""") };
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", "start");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Uri address, string command, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body) };
        request.Headers.Add("X-Goog-Upload-Command", command);
        request.Headers.Add("X-Goog-Upload-Offset", "0");
        return await client.SendAsync(request);
    }
}
