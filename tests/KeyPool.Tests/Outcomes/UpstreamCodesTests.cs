using System.Text;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

/// <summary>Errors of the Interactions API, whose codes are words.</summary>
public sealed class UpstreamCodesTests
{
    [Theory]
    [InlineData(400, "invalid_request", CallOutcomeKind.RequestRejected)]
    [InlineData(400, "failed_precondition", CallOutcomeKind.RequestRejected)]
    [InlineData(400, "authentication", CallOutcomeKind.KeyRejected)]
    [InlineData(401, "authentication", CallOutcomeKind.KeyRejected)]
    [InlineData(402, "payment_required", CallOutcomeKind.KeySuspended)]
    [InlineData(403, "permission_denied", CallOutcomeKind.KeyRejected)]
    [InlineData(404, "not_found", CallOutcomeKind.ModelNotAvailable)]
    [InlineData(404, "model_not_found", CallOutcomeKind.ModelNotAvailable)]
    [InlineData(429, "rate_limit_exceeded", CallOutcomeKind.KeyRateLimited)]
    [InlineData(500, "internal", CallOutcomeKind.UpstreamUnavailable)]
    [InlineData(503, "unheard_of", CallOutcomeKind.UpstreamUnavailable)]
    public void Classify_AWordForACode_SaysWhoIsToBlame(int status, string code, CallOutcomeKind kind)
    {
        var outcome = UpstreamErrorClassifier.Classify(status, Body(code));

        Assert.Equal((kind, $"{status} {code}"), (outcome.Kind, outcome.Detail));
    }

    [Theory]
    [InlineData("invalid_request", CallOutcomeKind.RequestRejected)]
    [InlineData("prohibited_content", CallOutcomeKind.RequestRejected)]
    [InlineData("authentication", CallOutcomeKind.KeyRejected)]
    [InlineData("payment_required", CallOutcomeKind.KeySuspended)]
    [InlineData("model_not_found", CallOutcomeKind.ModelNotAvailable)]
    [InlineData("not_found", CallOutcomeKind.UpstreamBroken)]
    [InlineData("malformed_function_call", CallOutcomeKind.UpstreamBroken)]
    [InlineData("rate_limit_exceeded", CallOutcomeKind.KeyRateLimited)]
    [InlineData("https://errors.example/codes#rate_limit_exceeded", CallOutcomeKind.KeyRateLimited)]
    [InlineData("unavailable", CallOutcomeKind.UpstreamUnavailable)]
    [InlineData("deadline_exceeded", CallOutcomeKind.UpstreamTimedOut)]
    [InlineData("unheard_of", CallOutcomeKind.UpstreamBroken)]
    public void Classify_WithinAStream_GoesByTheWord(string code, CallOutcomeKind kind) =>
        Assert.Equal(kind, UpstreamErrorClassifier.Classify(200, Body(code)).Kind);

    [Fact]
    public void Classify_AWaitInAHeader_CountsUnlessTheBodyHasOne()
    {
        var wait = TimeSpan.FromSeconds(17);

        Assert.Equal(wait, UpstreamErrorClassifier.Classify(429, Body("rate_limit_exceeded"), wait).RetryDelay);
        Assert.Equal(TimeSpan.FromSeconds(3), UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota("3s", ("GenerateRequestsPerMinutePerProjectPerModel", "5")), wait).RetryDelay);
        Assert.Equal(CallOutcomeKind.KeyDayExhausted, UpstreamErrorClassifier.Classify(429, Body("rate_limit_exceeded"), TimeSpan.FromHours(3)).Kind);
        Assert.Equal(TimeSpan.FromDays(7), UpstreamErrorClassifier.Classify(429, Body("rate_limit_exceeded"), TimeSpan.FromDays(70)).RetryDelay);
    }

    private static byte[] Body(string code) => Encoding.UTF8.GetBytes($$"""{"event_type":"error","error":{"message":"What went wrong.","code":"{{code}}"} }""");
}
