using System.Net;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Refusals for quota that are read wrongly.</summary>
public sealed class QuotaBugTests : KnownBugTest
{
    private const string Path = "/v1beta/models/gemini-2.5-flash:generateContent";

    [Theory]
    [InlineData("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", CallOutcomeKind.KeyRateLimited)]
    [InlineData("GenerateContentInputTokensPerModelPerMinute-FreeTier", CallOutcomeKind.KeyRateLimited)]
    [InlineData("GenerateRequestsPerDayPerProjectPerModel-FreeTier", CallOutcomeKind.KeyDayExhausted)]
    public void Bug52_EveryFreeTiersRefusalSaysQuotaExceeded_OnlyTheDaysCostsTheDay(string quota, CallOutcomeKind expected)
    {
        var body = $$$"""
            {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED",
            "details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"{{{quota}}}"}]},
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"31s"}]}}
            """;

        Assert.Equal(expected, UpstreamErrorClassifier.Classify(429, System.Text.Encoding.UTF8.GetBytes(body)).Kind);
    }

    [Fact]
    public async Task Bug53_RetryDelayOfADay_IsNotWaitedForInTheRequest()
    {
        Upstream.Knobs.Add(new Knob { Key = Upstream.Options.Keys[0], Error = FakeErrorKind.RequestsPerDay, RetryDelay = "86400s" });

        // Both keys are tried; no call may hang for the one that has spent its day.
        for (var call = 0; call < 4; call++)
        {
            using var response = await PostAsync(Path, Hello);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.InRange(Upstream.Requests.Count(request => request.Key == Upstream.Options.Keys[0]), 0, 1);
    }

    [Fact]
    public async Task Bug54_RetryInfo_IsKeptTo_AndTold()
    {
        Upstream.Knobs.Add(new Knob { Error = FakeErrorKind.RequestsPerMinute, RetryDelay = "40s" });

        using var first = await PostAsync(Path, Hello);
        var tried = Upstream.Requests.Count;
        using var second = await PostAsync(Path, Hello);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.Equal(Upstream.Options.Keys.Count, tried);
        Assert.Equal(tried, Upstream.Requests.Count);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 30, 41);
    }

    private protected override Task<ComposedGateway> StartAsync() =>
        ComposedGateway.StartAsync(new FakeGeminiOptions { Keys = FakeKeys.Make(2), Limits = default }, "--QUEUE_TIMEOUT_SECONDS=0");
}
