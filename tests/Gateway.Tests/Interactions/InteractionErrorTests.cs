using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Streaming;
using GeminiBalance.KeyPool;
using static GeminiBalance.Gateway.Tests.Interactions.Interaction;

namespace GeminiBalance.Gateway.Tests.Interactions;

public sealed class InteractionErrorTests
{
    [Theory]
    [InlineData(400, "invalid_request", CallOutcomeKind.RequestRejected)]
    [InlineData(400, "failed_precondition", CallOutcomeKind.RequestRejected)]
    [InlineData(404, "model_not_found", CallOutcomeKind.RequestRejected)]
    [InlineData(404, "not_found", CallOutcomeKind.RequestRejected)]
    [InlineData(503, "unavailable", CallOutcomeKind.UpstreamUnavailable)]
    public async Task Error_OfTheClientsOrTheUpstreams_KeepsItsBytes(int status, string code, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Always(status, Error(code));

        Assert.Equal((status, Error(code)), await SendAsync(gateway, Request));

        Assert.Equal([blamed], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(400, "authentication", CallOutcomeKind.KeyRejected)]
    [InlineData(401, "authentication", CallOutcomeKind.KeyRejected)]
    [InlineData(402, "payment_required", CallOutcomeKind.KeySuspended)]
    [InlineData(403, "permission_denied", CallOutcomeKind.KeyRejected)]
    [InlineData(429, "rate_limit_exceeded", CallOutcomeKind.KeyRateLimited)]
    public async Task Error_OfAKey_IsMetByAnotherAndNeverToldAsTheClients(int status, string code, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, status, Error(code)), context => ScriptedUpstream.WriteAsync(context, 200, Done));
        Assert.Equal((200, Done), await SendAsync(gateway, Request));
        Assert.Equal([CallOutcomeKind.Succeeded, blamed], gateway.Pool.Kinds.Order());

        gateway.Upstream.Always(status, Error(code, "Our AIzaTestKeyNumberOne-000000000000000001."));
        var (told, body) = await SendAsync(gateway, Request);

        Assert.Equal(status == 429 ? 429 : 503, told);
        Assert.StartsWith($$"""{"error":{"code":"{{(status == 429 ? "rate_limit_exceeded" : "unavailable")}}","message":""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("AIza", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_WithAWait_CoolsTheKeyAndTellsTheClient()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Answer = (context, _) =>
        {
            context.Response.Headers.RetryAfter = "17";
            return ScriptedUpstream.WriteAsync(context, 429, Error("rate_limit_exceeded"));
        };

        using var response = await PostAsync(gateway, Request);

        Assert.Equal(TimeSpan.FromSeconds(17), Assert.Single(gateway.Pool.Settled).Outcome.RetryDelay);
        Assert.Equal("17", response.Headers.GetValues("Retry-After").Single());
    }

    [Theory]
    [InlineData("rate_limit_exceeded", CallOutcomeKind.KeyRateLimited)]
    [InlineData("authentication", CallOutcomeKind.KeyRejected)]
    [InlineData("unavailable", CallOutcomeKind.UpstreamUnavailable)]
    [InlineData("not_found", CallOutcomeKind.UpstreamBroken)]
    public async Task Stream_ThatBeginsWithAnError_IsServedByAnotherKey(string code, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, ErrorEvent(code), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Begin + ErrorEvent(code), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Events, Answers.Sse));

        Assert.Equal((200, Events), await SendAsync(gateway, Streamed));

        Assert.Equal([CallOutcomeKind.Succeeded, blamed, blamed], gateway.Pool.Kinds.Order());
    }

    [Fact]
    public async Task Stream_ThatBeginsWithTheClientsError_TellsItWithAStatus()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, ErrorEvent("prohibited_content"), Answers.Sse);

        Assert.Equal((400, """{"error":{"code":"prohibited_content","message":"What went wrong."}}"""), await SendAsync(gateway, Streamed));

        Assert.Equal([CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_RefusedForAResource_BlamesNoKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, ErrorEvent("permission_denied"), Answers.Sse);

        await SendAsync(gateway, """{"model":"gemini-x","stream":true,"input":[{"type":"image","uri":"https://generativelanguage.googleapis.com/v1beta/files/elsewhere"}]}""");

        Assert.Equal([CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("", true, "unavailable")]
    [InlineData("event: step.delta\ndata: {\"index\"", true, "unavailable")]
    [InlineData("", false, "unavailable")]
    [InlineData("error", false, "internal")]
    public async Task Stream_BrokenAfterItBegan_EndsInAnErrorEventAndAnAbort(string rest, bool isCut, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var sign = new TaskCompletionSource();
        gateway.Upstream.InTurn(Begun(Begin + Text, sign.Task, async context =>
        {
            await context.Response.WriteAsync(rest == "error" ? ErrorEvent("internal") : rest);
            await context.Response.Body.FlushAsync();
            if (isCut)
            {
                context.Abort();
            }
        }));

        await using var reading = await StreamReading.StartAsync(gateway.Client, InteractionsPath, Streamed);
        await reading.UntilAsync("I am well.");
        sign.SetResult();
        var text = await reading.ToEndAsync();

        Assert.Matches($$"""^event: error\ndata: \{"event_type":"error","error":\{"code":"{{code}}","message":"[^"]+"\}\}\n\n$""", text[(Begin + Text).Length..]);
        Assert.True(reading.IsAborted);
        Assert.Single(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_ThatCanBeTakenUpAgain_IsCutWithoutAnError_UnlessTheUpstreamTellsOne(bool isTold)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await KeepAsync(gateway, $"interactions/{Id}", gateway.Pool.Keys[0].Id);
        var sign = new TaskCompletionSource();
        gateway.Upstream.InTurn(Begun(Begin + Text, sign.Task, async context =>
        {
            await context.Response.WriteAsync(isTold ? ErrorEvent("internal") : "event: step.delta\ndata: {");
            await context.Response.Body.FlushAsync();
            if (!isTold)
            {
                context.Abort();
            }
        }));

        using var response = await gateway.Client.GetAsync($"{InteractionsPath}/{Id}?stream=true", HttpCompletionOption.ResponseHeadersRead);
        await using var reading = new StreamReading(response, await response.Content.ReadAsStreamAsync());
        await reading.UntilAsync("I am well.");
        sign.SetResult();
        var text = await reading.ToEndAsync();

        Assert.True(reading.IsAborted);
        Assert.StartsWith(isTold ? "event: error\ndata: {\"event_type\":\"error\"" : "", text[(Begin + Text).Length..], StringComparison.Ordinal);
        Assert.Equal(isTold, text.Length > (Begin + Text).Length);
    }

    [Theory]
    [InlineData("POST", "/v1beta/interactions", "", 400, "invalid_request")]
    [InlineData("POST", "/v1beta/interactions", "{\"model\":", 400, "invalid_request")]
    [InlineData("POST", "/v1beta/interactions", "{\"input\":\"Hi\"}", 400, "invalid_request")]
    [InlineData("POST", "/v1beta/interactions", "{\"model\":\"a b\",\"input\":\"Hi\"}", 400, "invalid_request")]
    [InlineData("POST", "/v1beta/interactions", "{\"model\":\"../x\",\"input\":\"Hi\"}", 400, "invalid_request")]
    [InlineData("GET", "/v1beta/interactions", "", 405, "unimplemented")]
    [InlineData("PATCH", "/v1beta/interactions/v1_x", "{}", 405, "unimplemented")]
    [InlineData("POST", "/v1beta/interactions/v1_x", "{}", 404, "not_found")]
    [InlineData("GET", "/v1beta/interactions/v1_x/cancel", "", 404, "not_found")]
    [InlineData("GET", "/v1beta/interactions/%2e%2e%2fmodels", "", 404, "not_found")]
    public async Task Error_OfTheGateways_HasTheShapeOfThisApi(string verb, string path, string body, int status, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path) { Content = body.Length > 0 ? new StringContent(body) : null });

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith($$"""{"error":{"code":"{{code}}","message":""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Error_WithoutAToken_Is401InTheShapeOfThisApi()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var stranger = gateway.NewClient(token: null);

        using var response = await stranger.PostAsync(InteractionsPath, new StringContent(Request));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.StartsWith("""{"error":{"code":"authentication","message":""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
