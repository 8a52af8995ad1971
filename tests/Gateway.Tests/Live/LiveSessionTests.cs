using System.Net;
using System.Net.WebSockets;
using GeminiBalance.FakeGemini;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Resources;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Live;

public sealed class LiveSessionTests
{
    [Fact]
    public async Task Session_FromSetupToClose_UsesOneKeyAndSettlesItsTokens()
    {
        await using var live = await LiveGateway.StartAsync();
        using (var client = await LiveClient.BeginAsync(live.Gateway))
        {
            Assert.Equal("Echo 1: Hello there", (await client.SayAsync("Hello there")).Text);
            Assert.Equal("Echo 2: Again", (await client.SayAsync("Again")).Text);
            await client.CloseAsync();
        }

        var (lease, outcome) = (await live.SettledAsync(1)).Single();
        Assert.Equal((CallOutcomeKind.Succeeded, 5, 4), (outcome.Kind, outcome.PromptTokens, outcome.OutputTokens));
        Assert.Equal(lease, live.Pool.Keys[0].Id);
        var request = live.Pool.Requests.Single();
        Assert.Equal((LiveClient.Model, TestTokens.ClientId), (request.Model, request.ClientId));
        Assert.True(live.Gateway.Services.GetRequiredService<CallLogQueue>().TryTake(out var row));
        Assert.Equal((CallFace.Live, LiveClient.Model, CallOutcomeKind.Succeeded, 5L, 4L), (row.Attempt.Face, row.Attempt.Model, row.Attempt.Outcome, row.Attempt.PromptTokens, row.Attempt.OutputTokens));
    }

    [Theory]
    [InlineData("key", null)]
    [InlineData("access_token", null)]
    [InlineData(null, GatewayUnderTest.Token)]
    public async Task Session_AnyCredential_IsTakenAndReplacedByTheKey(string? parameter, string? header)
    {
        await using var live = await LiveGateway.StartAsync();

        using (var client = await LiveClient.ConnectAsync(live.Gateway, $"x=1{(parameter is null ? "" : $"&{parameter}={GatewayUnderTest.Token}")}&y=%2F", header, "//" + LiveClient.Path))
        {
            await client.SendAsync(LiveClient.Setup());
            Assert.NotNull((await client.ReceiveAsync())["setupComplete"]);
            await client.CloseAsync();
        }

        var sent = live.Upstream.Requests.Single();
        Assert.Equal($"/{LiveClient.Path}?x=1&y=%2F", sent.Target);
        Assert.Equal(live.Pool.Keys[0].Reveal(), sent.Headers["x-goog-api-key"]);
        Assert.DoesNotContain(sent.Headers, entry => entry.Value.Contains(GatewayUnderTest.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(live.Gateway.Logs.Lines, line => line.Contains(GatewayUnderTest.Token, StringComparison.Ordinal) || live.Pool.Keys.Any(key => line.Contains(key.Reveal(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Session_ThatTheGatewayRefusesAfterItsSetup_IsToldWhy()
    {
        await using var live = await LiveGateway.StartAsync();
        ResourceEndpointTests.Store(live.Gateway).Failure = new IOException("The disk is full.");
        using var client = await LiveClient.ConnectAsync(live.Gateway);
        await client.SendAsync("""{"setup":{"model":"tunedModels/mine"}}""");

        var (code, reason) = await client.WhenClosedAsync();

        Assert.Equal(1013, code);
        Assert.NotEqual("", reason);
    }

    [Fact]
    public async Task Session_WithoutAToken_Is401BeforeTheUpgrade()
    {
        await using var live = await LiveGateway.StartAsync();
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"ws://{live.Gateway.Address.Authority}/{LiveClient.Path}"), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Unauthorized, client.HttpStatusCode);
        Assert.Empty(live.Pool.Requests);
    }

    [Fact]
    public async Task Session_NoWebSocket_Is426()
    {
        await using var live = await LiveGateway.StartAsync();

        using var response = await live.Gateway.Client.GetAsync($"/{LiveClient.Path}");

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"clientContent":{}}""", 1007)]
    [InlineData("""{"setup":{"model":"models/../x"}}""", 1007)]
    [InlineData("""{"setup":null}""", 1007)]
    [InlineData("no json", 1007)]
    [InlineData("""{"setup":{"model":"models/filtered"}}""", 1008)]
    public async Task Session_FirstMessageIsNoSetup_IsRefusedWithoutAKey(string first, int code)
    {
        await using var live = await LiveGateway.StartAsync();
        live.Gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "filtered" } });
        using var client = await LiveClient.ConnectAsync(live.Gateway);

        await client.SendAsync(first);

        Assert.Equal(code, (await client.WhenClosedAsync()).Code);
        Assert.Empty(live.Pool.Requests);
    }

    [Theory]
    [InlineData(1007, CallOutcomeKind.KeyRejected)]
    [InlineData(1008, CallOutcomeKind.ModelNotAvailable)]
    [InlineData(1011, CallOutcomeKind.KeyRateLimited)]
    [InlineData(1001, CallOutcomeKind.UpstreamUnavailable)]
    public async Task Setup_OneKeyIsRefused_AnotherServesAndTheFirstIsBlamed(int code, CallOutcomeKind blamed)
    {
        await using var live = await LiveGateway.StartAsync();
        live.Upstream.Knobs.Add(new Knob { Key = live.Pool.Keys[0].Reveal(), CloseCode = code, CloseReason = "whatever it says" });

        using (var client = await LiveClient.BeginAsync(live.Gateway))
        {
            Assert.Equal("Echo 1: Hi", (await client.SayAsync("Hi")).Text);
            await client.CloseAsync();
        }

        Assert.Equal([blamed, CallOutcomeKind.Succeeded], (await live.SettledAsync(2)).Select(entry => entry.Outcome.Kind));
    }

    [Theory]
    [InlineData(1007, CallOutcomeKind.RequestRejected, CallOutcomeKind.RequestRejected)]
    [InlineData(1008, CallOutcomeKind.RequestRejected, CallOutcomeKind.RequestRejected)]
    [InlineData(1011, CallOutcomeKind.UpstreamUnavailable, CallOutcomeKind.UpstreamUnavailable)]
    public async Task Setup_EveryKeyIsRefused_NoKeyIsBlamedAndTheClientIsToldAsTheUpstreamDid(int code, CallOutcomeKind first, CallOutcomeKind last)
    {
        await using var live = await LiveGateway.StartAsync();
        live.Upstream.Knobs.Add(new Knob { CloseCode = code, CloseReason = "Unknown name \"x\" in projects/123456789012." });
        using var client = await LiveClient.ConnectAsync(live.Gateway);

        await client.SendAsync(LiveClient.Setup());

        Assert.Equal((code, "Unknown name \"x\" in projects/[redacted]."), await client.WhenClosedAsync());
        Assert.Equal([first, last, last], (await live.SettledAsync(3)).Select(entry => entry.Outcome.Kind));
    }

    [Fact]
    public async Task Setup_EveryKeyIsInvalid_TheClientIsNotToldThatItsOwnIs()
    {
        await using var live = await LiveGateway.StartAsync();
        live.Upstream.Knobs.Add(new Knob { CloseCode = 1007, CloseReason = "API key not valid. Please pass a valid API key." });
        using var client = await LiveClient.ConnectAsync(live.Gateway);

        await client.SendAsync(LiveClient.Setup());

        var (code, reason) = await client.WhenClosedAsync();
        Assert.Equal(1011, code);
        Assert.Contains("none of the API keys", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_OneKeyIsRefusedByStatus_IsClassifiedByItsBody()
    {
        await using var live = await LiveGateway.StartAsync();
        live.Upstream.Knobs.Fail(FakeErrorKind.RequestsPerDay, live.Pool.Keys[0].Reveal());
        live.Upstream.Knobs.Fail(FakeErrorKind.ApiKeyInvalid, live.Pool.Keys[1].Reveal());

        using (var client = await LiveClient.BeginAsync(live.Gateway))
        {
            await client.CloseAsync();
        }

        Assert.Equal(
            [CallOutcomeKind.KeyDayExhausted, CallOutcomeKind.KeyRejected, CallOutcomeKind.Succeeded],
            (await live.SettledAsync(3)).Select(entry => entry.Outcome.Kind));
    }

    [Fact]
    public async Task Setup_ThePoolHasNoToken_IsTryAgainLater()
    {
        await using var live = await LiveGateway.StartAsync();
        live.Pool.Deny = _ => LeaseResult.Denied(LeaseDenialReason.RateLimited, TimeSpan.FromSeconds(17.2));
        using var client = await LiveClient.ConnectAsync(live.Gateway);

        await client.SendAsync(LiveClient.Setup());

        Assert.Equal((1013, "Every API key has spent its quota for this minute. Retry in 18 s."), await client.WhenClosedAsync());
    }

    [Fact]
    public async Task Setup_NoConnectionToTheUpstream_IsToldAndNoTokenIsSpent()
    {
        await using var live = await LiveGateway.StartAsync();
        live.Gateway.Settings.Change(settings => settings with { BaseUrl = new Uri("http://127.0.0.1:1/v1beta") });
        using var client = await LiveClient.ConnectAsync(live.Gateway);

        await client.SendAsync(LiveClient.Setup());

        Assert.Equal(1011, (await client.WhenClosedAsync()).Code);
        Assert.All(await live.SettledAsync(3), entry => Assert.Equal(CallOutcomeKind.NotSent, entry.Outcome.Kind));
    }
}
