using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;
using OpenAI.Chat;

namespace GeminiBalance.Conformance.Tests.Sdk;

/// <summary>OpenAI's .NET SDK, unchanged: failures arrive as the statuses and codes that its users handle.</summary>
public sealed class ErrorTests
{
    private const string Model = "gemini-2.5-flash";

    [Fact]
    public async Task Token_Wrong_Is401()
    {
        await using var gateway = await ComposedGateway.StartAsync();
        gateway.Watch.Add("wrong token", "sk-wrong-token-of-somebody");

        var failure = await FailAsync(gateway, "sk-wrong-token-of-somebody", Model);

        AssertError(failure, 401, "invalid_request_error", "invalid_api_key");
        Assert.Empty(gateway.Upstream.Requests);
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task Model_Unknown_Is404()
    {
        await using var gateway = await ComposedGateway.StartAsync();

        var failure = await FailAsync(gateway, ComposedGateway.ClientToken, "gpt-of-nobody");

        AssertError(failure, 404, "invalid_request_error", "model_not_found");
        await gateway.AssertNoKeyIsBlamedAsync("unknown model");
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task Request_Bad_Is400AndAsksTheUpstreamOnce()
    {
        await using var gateway = await ComposedGateway.StartAsync();
        gateway.Upstream.Knobs.Fail(FakeErrorKind.InvalidArgument);

        var failure = await FailAsync(gateway, ComposedGateway.ClientToken, Model);

        AssertError(failure, 400, "invalid_request_error", code: null);
        Assert.Single(gateway.Upstream.Requests);
        await gateway.AssertNoKeyIsBlamedAsync("bad request");
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task Quota_Spent_Is429WithATrueRetryAfterAndNoViolation()
    {
        var options = new FakeGeminiOptions { Keys = FakeKeys.Make(2), Limits = new FakeLimits(RequestsPerMinute: 1) };
        await using var gateway = await ComposedGateway.StartAsync(options, "--DEFAULT_RPM=1", "--QUEUE_TIMEOUT_SECONDS=0");
        var chat = gateway.NewSdk().GetChatClient(Model);
        await chat.CompleteChatAsync("one");
        await chat.CompleteChatAsync("two");

        var failure = await FailAsync(gateway, ComposedGateway.ClientToken, Model);

        AssertError(failure, 429, "requests", "rate_limit_exceeded");
        Assert.True(failure.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.InRange(int.Parse(seconds!, CultureInfo.InvariantCulture), 30, 61);
        Assert.Equal(2, gateway.Upstream.Stats.TotalRequests);
        Assert.Equal(0, gateway.Upstream.Stats.Violations);
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task Keys_None_Is503()
    {
        await using var gateway = await ComposedGateway.StartAsync(upstream: null, "--API_KEYS=");

        var failure = await FailAsync(gateway, ComposedGateway.ClientToken, Model);

        AssertError(failure, 503, "server_error", "no_api_keys");
        Assert.Empty(gateway.Upstream.Requests);
        gateway.AssertSecretsKept();
    }

    [Fact]
    public async Task Key_SuspendedWithItsTextQuoted_IsReplacedByAnother()
    {
        await using var gateway = await ComposedGateway.StartAsync();
        gateway.Upstream.Knobs.Fail(FakeErrorKind.ConsumerSuspended, times: 1);

        ChatCompletion answer = await gateway.NewSdk().GetChatClient(Model).CompleteChatAsync("Hello");

        Assert.Equal("Echo: Hello", answer.Content[0].Text);
        Assert.Equal(2, gateway.Upstream.Requests.Select(request => request.Key).Distinct(StringComparer.Ordinal).Count());
        gateway.AssertSecretsKept();
    }

    private static void AssertError(ClientResultException failure, int status, string type, string? code)
    {
        Assert.Equal(status, failure.Status);
        using var body = JsonDocument.Parse(failure.GetRawResponse()!.Content);
        var error = body.RootElement.GetProperty("error");
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    private static Task<ClientResultException> FailAsync(ComposedGateway gateway, string token, string model) =>
        Assert.ThrowsAsync<ClientResultException>(() => gateway.NewSdk(token).GetChatClient(model).CompleteChatAsync("Hello"));
}
