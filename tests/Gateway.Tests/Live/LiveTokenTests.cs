using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Live;

/// <summary>Tokens that a client has made for its browsers: they open Live sessions with the key that made them, through the gateway only.</summary>
public sealed class LiveTokenTests
{
    private const string Path = "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContentConstrained";
    private const string Bound = $$$"""{"uses":9,"bidiGenerateContentSetup":{"model":"models/{{{LiveClient.Model}}}"}}""";

    [Fact]
    public async Task Token_OpensSessionsWithTheKeyThatMadeIt()
    {
        await using var live = await LiveGateway.StartAsync();
        var token = await CreateAsync(live, Bound);
        var made = live.Upstream.Requests.Single();
        for (var i = 0; i < 3; i++)
        {
            using var client = await LiveClient.ConnectAsync(live.Gateway, $"access_token={token}", header: null, Path);
            await client.SendAsync("""{"setup":{"model":"models/gemini-3.1-flash-live-preview"}}""");
            Assert.NotNull((await client.ReceiveAsync())["setupComplete"]);
            Assert.Equal("Echo 1: Hi", (await client.SayAsync("Hi")).Text);
            await client.CloseAsync();
        }

        Assert.Equal("/v1alpha/auth_tokens", made.Target);
        Assert.All(live.Pool.Requests.Skip(1), request => Assert.Equal((KeyOf(live, made.Key), LiveClient.Model, TestTokens.ClientId), (request.Pinned, request.Model, request.ClientId)));
        var sessions = live.Upstream.Requests.Skip(1).ToList();
        Assert.All(sessions, sent => Assert.Equal(made.Key, sent.Key));
        Assert.All(sessions, sent => Assert.False(sent.Headers.ContainsKey("x-goog-api-key")));
        Assert.All(sessions, sent => Assert.DoesNotContain(token, sent.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_HidesTheUpstreamsToken()
    {
        await using var live = await LiveGateway.StartAsync();
        var token = await CreateAsync(live, "{}");
        using var client = await LiveClient.ConnectAsync(live.Gateway, $"access_token={token}", header: null, Path);
        await client.SendAsync(LiveClient.Setup());
        await client.ReceiveAsync();

        var upstreams = live.Upstream.Requests[^1].Target.Split("access_token=")[1];
        Assert.StartsWith("auth_tokens/", upstreams, StringComparison.Ordinal);
        Assert.NotEqual(upstreams, token);
        Assert.DoesNotContain(live.Gateway.Logs.Lines, line => line.Contains(upstreams, StringComparison.Ordinal) || line.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("access_token=auth_tokens/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("access_token=" + GatewayUnderTest.Token)]
    [InlineData("key=" + GatewayUnderTest.Token)]
    [InlineData(null)]
    public async Task Session_WithoutATokenOfThisGateway_IsRefused(string? query)
    {
        await using var live = await LiveGateway.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(live, query));
        Assert.Empty(live.Upstream.Requests);
    }

    [Fact]
    public async Task Token_IsNoAccessToken()
    {
        await using var live = await LiveGateway.StartAsync();
        var token = await CreateAsync(live, "{}");
        using var stranger = live.Gateway.NewClient(token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/v1beta/models")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(live, $"access_token={token}", "/" + LiveClient.Path));
    }

    [Fact]
    public async Task Token_UsedUpUpstream_IsTheClientsFaultAndNoKeys()
    {
        await using var live = await LiveGateway.StartAsync();
        var token = await CreateAsync(live, "{}");
        using (var first = await LiveClient.ConnectAsync(live.Gateway, $"access_token={token}", header: null, Path))
        {
            await first.SendAsync(LiveClient.Setup());
            await first.ReceiveAsync();
            await first.CloseAsync();
        }

        using var second = await LiveClient.ConnectAsync(live.Gateway, $"access_token={token}", header: null, Path);
        await second.SendAsync(LiveClient.Setup());
        await second.WhenClosedAsync();

        var settled = await live.SettledAsync(3);
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.Succeeded, CallOutcomeKind.RequestRejected], settled.Select(entry => entry.Outcome.Kind));
    }

    [Fact]
    public async Task Token_Expired_IsUnknown()
    {
        var time = new ManualTimeProvider();
        await using var live = await LiveGateway.StartAsync(time: time);
        var token = await CreateAsync(live, $$"""{"expireTime":"{{time.GetUtcNow().AddMinutes(5):O}}"}""");
        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(live, $"access_token={token}"));
    }

    private static async Task<string> CreateAsync(LiveGateway live, string body)
    {
        using var response = await live.Gateway.Client.PostAsync("/v1alpha/auth_tokens", new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["name"]!;
    }

    private static async Task<HttpStatusCode> RefusedAsync(LiveGateway live, string? query, string path = Path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() =>
            socket.ConnectAsync(new UriBuilder(live.Gateway.Address) { Scheme = "ws", Path = path, Query = query }.Uri, CancellationToken.None));
        return socket.HttpStatusCode;
    }

    private static KeyId? KeyOf(LiveGateway live, string key) => live.Pool.Keys.Single(known => known.Reveal() == key).Id;
}
