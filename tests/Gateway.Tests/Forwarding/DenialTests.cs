using System.Net;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

public sealed class DenialTests
{
    private const string Call = "/v1beta/models/gemini-x:generateContent";

    [Theory]
    [InlineData(LeaseDenialReason.NoKeys, 503, null)]
    [InlineData(LeaseDenialReason.AllTried, 503, null)]
    [InlineData(LeaseDenialReason.ModelNotAvailable, 404, null)]
    [InlineData(LeaseDenialReason.RateLimited, 429, 13)]
    [InlineData(LeaseDenialReason.DayExhausted, 429, 13)]
    [InlineData(LeaseDenialReason.QueueFull, 429, 13)]
    [InlineData(LeaseDenialReason.EgressLimited, 429, 13)]
    [InlineData(LeaseDenialReason.PinnedKeyUnavailable, 503, null)]
    [InlineData(LeaseDenialReason.StoreUnavailable, 503, 13)]
    public async Task Call_PoolDenies_TellsTheTrueStatusAndWait(LeaseDenialReason denial, int status, int? retryAfterSeconds)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Pool.Deny = _ => LeaseResult.Denied(denial, TimeSpan.FromSeconds(12.001));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(retryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, response.Headers.RetryAfter?.Delta);
        Assert.Equal("0", response.Headers.GetValues("x-gateway-attempts").Single());
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(status, body.RootElement.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Empty(gateway.Upstream.Calls);
        Assert.Empty(gateway.Pool.Settled);
    }

    [Fact]
    public async Task Call_NoKeysOnTheOpenAIFace_TellsTheOperatorWhatToDo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: []);

        using var response = await gateway.Client.PostAsync("/openai/v1/chat/completions", new StringContent("{\"model\":\"gemini-x\"}"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var error = body.RootElement.GetProperty("error");
        Assert.Equal("no_api_keys", error.GetProperty("code").GetString());
        Assert.Contains("API_KEYS", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", LeaseDenialReason.RateLimited, 429)]
    [InlineData(403, "PERMISSION_DENIED", LeaseDenialReason.AllTried, 503)]
    [InlineData(503, "UNAVAILABLE", LeaseDenialReason.RateLimited, 503)]
    [InlineData(404, "NOT_FOUND", LeaseDenialReason.ModelNotAvailable, 404)]
    [InlineData(429, "RESOURCE_EXHAUSTED", LeaseDenialReason.DayExhausted, 429)]
    public async Task Call_FailsAndThenNoKeyIsLeft_TellsWhatTheClientMustKnow(int upstream, string name, LeaseDenialReason denial, int told)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Pool.Deny = request => request.Excluded.Count > 0 ? LeaseResult.Denied(denial, TimeSpan.FromSeconds(9)) : null;
        gateway.Upstream.Always(upstream, Answers.Error(upstream, name));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal((HttpStatusCode)told, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.Equal(told == 429 ? TimeSpan.FromSeconds(9) : null, response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Call_Acquires_WithModelClientAndTheQueueTimeOut()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { QueueTimeOut = TimeSpan.FromSeconds(7) });
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await gateway.Client.PostAsync("/v1beta/tunedModels/mine:generateContent", new StringContent("{}"));

        var request = Assert.Single(gateway.Pool.Requests);
        Assert.Equal(("tunedModels/mine", TestTokens.ClientId, TimeSpan.FromSeconds(7)), (request.Model, request.ClientId, request.MaxWait));
    }

    [Fact]
    public async Task Call_LeaseRunsOutUnsent_IsGivenBackAndTakenAnew()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);
        gateway.Pool.Guard = TimeSpan.FromMilliseconds(-1);
        gateway.Pool.Deny = request =>
        {
            gateway.Pool.Guard = gateway.Pool.Settled.Count < 2 ? gateway.Pool.Guard : TimeSpan.FromMinutes(1);
            return null;
        };

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.NotSent, CallOutcomeKind.NotSent, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("1", response.Headers.GetValues("x-gateway-attempts").Single());
    }
}
