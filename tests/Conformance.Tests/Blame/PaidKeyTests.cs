using System.Net;
using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Blame;

/// <summary>What a paid key serves beside two free ones: whatever draws, and what these have no quota for.</summary>
public sealed class PaidKeyTests : ConformanceTest
{
    private const string Native = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";
    private const string Generate = "/v1beta/models/gemini-3.5-flash:generateContent";
    private static readonly string[] Keys = [.. new FakeGeminiOptions().Keys.Take(3)];

    private static string Paid => Keys[2];

    [Theory]
    [InlineData("/v1/images/generations", """{"prompt":"a cat"}""")]
    [InlineData("/v1/chat/completions", """{"model":"gemini-3.1-flash-image-chat","messages":[{"role":"user","content":"a cat"}]}""")]
    [InlineData("/v1/chat/completions", """{"model":"imagen-4.0-generate-001","messages":[{"role":"user","content":"a cat"}]}""")]
    [InlineData("/v1/responses", """{"model":"gemini-3.1-flash-image","input":"a cat"}""")]
    [InlineData("/v1beta/models/gemini-3.1-flash-image:generateContent", Native)]
    [InlineData("/v1beta/models/gemini-3.1-flash-image:streamGenerateContent?alt=sse", Native)]
    [InlineData("/v1beta/models/imagen-4.0-generate-001:predict", """{"instances":[{"prompt":"a cat"}]}""")]
    [InlineData("/v1beta/models/veo-3.1-generate-preview:predictLongRunning", """{"instances":[{"prompt":"a cat"}]}""")]
    [InlineData("/openai/v1/images/generations", """{"model":"gemini-3.1-flash-image","prompt":"a cat"}""")]
    public async Task WhateverDrawsOrFilms_GoesToThePaidKey(string path, string body)
    {
        for (var i = 0; i < 3; i++)
        {
            using var response = await SendAsync(path, body.Replace("a cat", $"a cat {i}", StringComparison.Ordinal));
        }

        Assert.NotEmpty(Upstream.Requests);
        Assert.All(Upstream.Requests, request => Assert.Equal(Paid, request.Headers.GetValueOrDefault("x-goog-api-key") ?? request.Headers["authorization"]["Bearer ".Length..]));
    }

    [Theory]
    [InlineData("/v1beta/models/gemini-3.1-flash-image:countTokens")]
    [InlineData(Generate)]
    public async Task OtherCalls_NeverDo(string path)
    {
        for (var i = 0; i < 4; i++)
        {
            using var response = await SendAsync(path, Native.Replace("hi", $"hi {i}", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.DoesNotContain(Upstream.Requests, request => request.Key == Paid);
    }

    [Fact]
    public async Task CommonKeysWithoutAnyQuota_ThePaidOneIsNext()
    {
        NoQuotaForCommonKeys(Gateway);

        using var first = await SendAsync(Generate, Native);
        using var second = await SendAsync(Generate, Native);

        Assert.Equal((HttpStatusCode.OK, "3"), (first.StatusCode, first.Headers.GetValues("x-gateway-attempts").Single()));
        Assert.Equal((HttpStatusCode.OK, "1"), (second.StatusCode, second.Headers.GetValues("x-gateway-attempts").Single()));
        Assert.Equal([Paid, Paid], Upstream.Requests.TakeLast(2).Select(request => request.Key));
    }

    [Fact]
    public async Task LastAttempt_AfterNothingButQuotasOfZero_GoesToThePaidKey()
    {
        await using var other = await StartAsync("--MAX_RETRIES=2");
        NoQuotaForCommonKeys(other);

        using var response = await SendAsync(Generate, Native, other);

        Assert.Equal((HttpStatusCode.OK, "2"), (response.StatusCode, response.Headers.GetValues("x-gateway-attempts").Single()));
    }

    [Fact]
    public async Task NobodyHasQuota_SaysSo_UntilAKeyIsEnabled()
    {
        Upstream.Knobs.Fail(FakeErrorKind.QuotaZero);
        using var first = await SendAsync(Generate, Native);
        using var second = await SendAsync(Generate, Native);
        Upstream.Knobs.Clear();
        foreach (var key in await Gateway.Keys.ListAsync(CancellationToken.None))
        {
            using var enable = new HttpRequestMessage(HttpMethod.Post, $"/api/keys/{key.Id}/enable");
            enable.Headers.Add("Authorization", "Bearer " + ComposedGateway.AdminToken);
            using var enabled = await Gateway.Client.SendAsync(enable);
        }

        using var third = await SendAsync(Generate, Native);

        foreach (var refused in new[] { first, second })
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            var text = await refused.Content.ReadAsStringAsync();
            Assert.Contains("has quota for the model 'gemini-3.5-flash'", text, StringComparison.Ordinal);
            Assert.DoesNotContain("exist", text, StringComparison.Ordinal);
        }

        Assert.Equal("0", second.Headers.GetValues("x-gateway-attempts").Single());
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task PaidKeyThatIsRejected_IsNamedAsTheReason()
    {
        Upstream.Knobs.Fail(FakeErrorKind.ApiKeyInvalid, Paid);
        using var first = await SendAsync("/v1/images/generations", """{"prompt":"a cat"}""");
        using var second = await SendAsync("/v1/images/generations", """{"prompt":"a cat"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Contains("(gemini, paid)", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private protected override Task<ComposedGateway> StartAsync() => StartAsync("--MAX_RETRIES=3");

    private static Task<ComposedGateway> StartAsync(string setting) => ComposedGateway.StartAsync(
        new FakeGeminiOptions { Limits = default, RecordedRequestsMax = 100, Keys = Keys }, $"--API_KEYS={Keys[0]},{Keys[1]}", $"--PAID_KEY={Paid}", setting);

    private static void NoQuotaForCommonKeys(ComposedGateway gateway)
    {
        gateway.Upstream.Knobs.Fail(FakeErrorKind.QuotaZero, Keys[0]);
        gateway.Upstream.Knobs.Fail(FakeErrorKind.QuotaZero, Keys[1]);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string body, ComposedGateway? gateway = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        return (gateway ?? Gateway).Client.SendAsync(request);
    }
}
