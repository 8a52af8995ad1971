using System.Text;

namespace GeminiBalance.KeyPool.Tests.Outcomes;

public sealed class UpstreamErrorClassifierTests
{
    private const string PerMinute = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
    private const string PerDay = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
    private const string TokensPerMinute = "GenerateContentInputTokensPerModelPerMinute-FreeTier";
    private const string TokensPerDay = "GenerateContentInputTokensPerModelPerDay-FreeTier";

    public static TheoryData<int, string?, string?, CallOutcomeKind, bool, string> Bodies => new()
    {
        { 302, null, null, CallOutcomeKind.UpstreamUnavailable, false, "302" },
        { 400, "INVALID_ARGUMENT", "API_KEY_INVALID", CallOutcomeKind.KeyRejected, true, "400 API_KEY_INVALID" },
        { 400, "INVALID_ARGUMENT", "API_KEY_EXPIRED", CallOutcomeKind.KeyRejected, true, "400 API_KEY_EXPIRED" },
        { 400, "INVALID_ARGUMENT", null, CallOutcomeKind.RequestRejected, false, "400 INVALID_ARGUMENT" },
        { 400, "INVALID_ARGUMENT", "NEVER_HEARD_OF", CallOutcomeKind.RequestRejected, false, "400 NEVER_HEARD_OF" },
        { 400, "FAILED_PRECONDITION", null, CallOutcomeKind.EgressRefused, false, "400 FAILED_PRECONDITION" },
        { 400, null, null, CallOutcomeKind.RequestRejected, false, "400" },
        { 401, "UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", CallOutcomeKind.KeyRejected, true, "401 ACCESS_TOKEN_TYPE_UNSUPPORTED" },
        { 401, "UNAUTHENTICATED", null, CallOutcomeKind.KeyRejected, false, "401 UNAUTHENTICATED" },
        { 402, "RESOURCE_EXHAUSTED", null, CallOutcomeKind.KeySuspended, true, "402 RESOURCE_EXHAUSTED" },
        { 403, "PERMISSION_DENIED", "CONSUMER_SUSPENDED", CallOutcomeKind.KeySuspended, true, "403 CONSUMER_SUSPENDED" },
        { 403, "PERMISSION_DENIED", "BILLING_DISABLED", CallOutcomeKind.KeySuspended, true, "403 BILLING_DISABLED" },
        { 403, "PERMISSION_DENIED", "SERVICE_DISABLED", CallOutcomeKind.KeyRejected, true, "403 SERVICE_DISABLED" },
        { 403, "PERMISSION_DENIED", "API_KEY_SERVICE_BLOCKED", CallOutcomeKind.KeyRejected, true, "403 API_KEY_SERVICE_BLOCKED" },
        { 403, "PERMISSION_DENIED", "API_KEY_IP_ADDRESS_BLOCKED", CallOutcomeKind.KeyRejected, true, "403 API_KEY_IP_ADDRESS_BLOCKED" },
        { 403, "PERMISSION_DENIED", "LOCATION_POLICY_VIOLATED", CallOutcomeKind.EgressRefused, false, "403 LOCATION_POLICY_VIOLATED" },
        { 403, "PERMISSION_DENIED", "RATE_LIMIT_EXCEEDED", CallOutcomeKind.KeyRateLimited, false, "403 RATE_LIMIT_EXCEEDED" },
        { 403, "PERMISSION_DENIED", null, CallOutcomeKind.KeyRejected, false, "403 PERMISSION_DENIED" },
        { 404, "NOT_FOUND", null, CallOutcomeKind.ModelNotAvailable, false, "404 NOT_FOUND" },
        { 404, null, null, CallOutcomeKind.RequestRejected, false, "404" },
        { 408, null, null, CallOutcomeKind.UpstreamTimedOut, false, "408" },
        { 409, "ABORTED", null, CallOutcomeKind.RequestRejected, false, "409 ABORTED" },
        { 413, null, null, CallOutcomeKind.RequestRejected, false, "413" },
        { 429, "RESOURCE_EXHAUSTED", null, CallOutcomeKind.KeyRateLimited, false, "429 RESOURCE_EXHAUSTED" },
        { 429, null, null, CallOutcomeKind.KeyRateLimited, false, "429" },
        { 499, "CANCELLED", null, CallOutcomeKind.UpstreamBroken, false, "499 CANCELLED" },
        { 500, "INTERNAL", null, CallOutcomeKind.UpstreamUnavailable, false, "500 INTERNAL" },
        { 501, "UNIMPLEMENTED", null, CallOutcomeKind.RequestRejected, false, "501 UNIMPLEMENTED" },
        { 502, null, null, CallOutcomeKind.UpstreamUnavailable, false, "502" },
        { 503, "UNAVAILABLE", null, CallOutcomeKind.UpstreamUnavailable, false, "503 UNAVAILABLE" },
        { 504, "DEADLINE_EXCEEDED", null, CallOutcomeKind.UpstreamTimedOut, false, "504 DEADLINE_EXCEEDED" },
        { 599, null, null, CallOutcomeKind.UpstreamUnavailable, false, "599" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Classify_StatusAndReason_SaysWhoIsToBlame(int status, string? name, string? reason, CallOutcomeKind kind, bool conclusive, string detail)
    {
        byte[] body = name is null ? [] : reason is null ? ErrorBodies.Error(status, name) : ErrorBodies.Error(status, name, ErrorBodies.Info(reason));

        var outcome = UpstreamErrorClassifier.Classify(status, body);

        Assert.Equal((kind, conclusive, detail), (outcome.Kind, outcome.IsConclusive, outcome.Detail));
        Assert.Equal(outcome, UpstreamErrorClassifier.Classify(status, [.. "["u8, .. body, .. "]"u8]));
        Assert.Equal(outcome, UpstreamErrorClassifier.Classify(status, [.. "\uFEFF"u8, .. body]));
    }

    [Fact]
    public void Classify_OverTheTable_ReachesEveryKindAnAnswerCanHave()
    {
        CallOutcomeKind[] notFromErrors = [CallOutcomeKind.Succeeded, CallOutcomeKind.NotSent, CallOutcomeKind.ClientLeft, CallOutcomeKind.KeyDayExhausted];

        Assert.Equal(Enum.GetValues<CallOutcomeKind>().Order(), Bodies.Select(row => (CallOutcomeKind)row[3]).Distinct().Concat(notFromErrors).Order());
    }

    [Theory]
    [InlineData(PerMinute, QuotaKind.RequestsPerMinute, CallOutcomeKind.KeyRateLimited)]
    [InlineData(PerDay, QuotaKind.RequestsPerDay, CallOutcomeKind.KeyDayExhausted)]
    [InlineData(TokensPerMinute, QuotaKind.TokensPerMinute, CallOutcomeKind.KeyRateLimited)]
    [InlineData(TokensPerDay, QuotaKind.TokensPerDay, CallOutcomeKind.KeyDayExhausted)]
    [InlineData("EmbedContentRequestsPerDayPerUserPerProjectPerModel-FreeTier", QuotaKind.RequestsPerDay, CallOutcomeKind.KeyDayExhausted)]
    [InlineData("GenerateContentPaidTierInputTokensPerModelPerMinute-PaidTier2", QuotaKind.TokensPerMinute, CallOutcomeKind.KeyRateLimited)]
    public void Classify_KnownQuotaId_NamesWhatIsCounted(string quotaId, QuotaKind quota, CallOutcomeKind kind)
    {
        var outcome = UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota("3s", (quotaId, "7")));

        Assert.Equal((kind, TimeSpan.FromSeconds(3), "429 " + quotaId, false), (outcome.Kind, outcome.RetryDelay, outcome.Detail, outcome.IsConclusive));
        Assert.Equal([new LearnedLimit(quota, 7, quotaId)], outcome.LearnedLimits!);
    }

    [Fact]
    public void Classify_QuotaIdOfAnotherSpan_IsAWaitThatTeachesNothing()
    {
        var outcome = UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota(null, ("SpendPerTenMinutesPerProject", "10")));

        Assert.Equal((CallOutcomeKind.KeyRateLimited, null), (outcome.Kind, outcome.LearnedLimits));
    }

    [Fact]
    public void Classify_QuotaOfZero_SaysThatTheModelIsNotThere()
    {
        var outcome = UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota("5s", (PerDay, "20"), (TokensPerMinute, "0")));

        Assert.Equal((CallOutcomeKind.ModelNotAvailable, "429 " + TokensPerMinute), (outcome.Kind, outcome.Detail));
        Assert.Equal([20, 0], outcome.LearnedLimits!.Select(limit => limit.Value));
    }

    [Fact]
    public void Classify_MinuteAndDayViolated_TheDayDecides()
    {
        var outcome = UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota("5s", (PerMinute, "5"), (PerDay, "20"), (TokensPerMinute, "9")));

        Assert.Equal((CallOutcomeKind.KeyDayExhausted, "429 " + PerDay), (outcome.Kind, outcome.Detail));
    }

    [Fact]
    public void Classify_ViolationWithoutValue_LearnsNothing()
    {
        Assert.Null(UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota(null, (PerMinute, null), (PerDay, "-1"), (TokensPerDay, "many"))).LearnedLimits);
    }

    [Theory]
    [InlineData("3599.9s", CallOutcomeKind.KeyRateLimited)]
    [InlineData("3600s", CallOutcomeKind.KeyDayExhausted)]
    [InlineData("86400s", CallOutcomeKind.KeyDayExhausted)]
    public void Classify_RetryDelayOfHours_MeansTheDay(string delay, CallOutcomeKind kind)
    {
        Assert.Equal(kind, UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota(delay)).Kind);
    }

    [Fact]
    public void Classify_RateLimitReasonWithMetadata_ReadsTheLimitFromIt()
    {
        const string Limit = "GenerateContentRequestsPerMinutePerProjectPerRegion";
        var body = ErrorBodies.Error(429, "RESOURCE_EXHAUSTED", ErrorBodies.Info("RATE_LIMIT_EXCEEDED", ("quota_limit", Limit), ("quota_limit_value", "15")));

        var outcome = UpstreamErrorClassifier.Classify(429, body);

        Assert.Equal((CallOutcomeKind.KeyRateLimited, "429 " + Limit), (outcome.Kind, outcome.Detail));
        Assert.Equal([new LearnedLimit(QuotaKind.RequestsPerMinute, 15, Limit)], outcome.LearnedLimits!);
    }

    [Theory]
    [InlineData("36s", 36_0000000L)]
    [InlineData("34.4s", 34_4000000L)]
    [InlineData("0.5s", 5000000L)]
    [InlineData("0s", 0L)]
    [InlineData("36.429760048s", 36_4297601L)]
    [InlineData("99999999999999999999s", 7 * TimeSpan.TicksPerDay)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("36", null)]
    [InlineData("-1s", null)]
    [InlineData("1e3s", null)]
    [InlineData("36 s", null)]
    [InlineData("PT36s", null)]
    [InlineData("99999999999999999999999999999999999s", null)]
    public void Classify_RetryDelay_ReadsAProtobufDuration(string text, long? ticks)
    {
        Assert.Equal(ticks, UpstreamErrorClassifier.Classify(429, ErrorBodies.Quota(text)).RetryDelay?.Ticks);
    }

    [Fact]
    public void Classify_ErrorInsideASuccessfulStream_GoesByItsCode()
    {
        Assert.Equal(CallOutcomeKind.KeyRateLimited, UpstreamErrorClassifier.Classify(200, ErrorBodies.Error(429, "RESOURCE_EXHAUSTED")).Kind);
        Assert.Equal(CallOutcomeKind.UpstreamBroken, UpstreamErrorClassifier.Classify(200, """{"error":{"code":"not_found"}}"""u8).Kind);
        Assert.Equal(CallOutcomeKind.UpstreamBroken, UpstreamErrorClassifier.Classify(200, """{"error":{"code":200}}"""u8).Kind);
        Assert.Equal(CallOutcomeKind.Succeeded, UpstreamErrorClassifier.Classify(200, """{"candidates":[]}"""u8).Kind);
    }

    [Theory]
    [InlineData("Permission denied: Consumer 'api_key:AIzaSecret'")]
    [InlineData("")]
    [InlineData("\ud83d\ude00")]
    public void Classify_ReasonThatIsNoName_IsNotRepeated(string reason)
    {
        Assert.Equal("403 PERMISSION_DENIED", UpstreamErrorClassifier.Classify(403, ErrorBodies.Error(403, "PERMISSION_DENIED", ErrorBodies.Info(reason))).Detail);
    }

    [Theory]
    [InlineData("<html><body>413 Request Entity Too Large</body></html>")]
    [InlineData("")]
    [InlineData("\ufeff")]
    [InlineData("{\"error\":")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("null")]
    [InlineData("{\"error\":\"text\"}")]
    [InlineData("{\"error\":{\"code\":1e99,\"status\":7,\"details\":{}}}")]
    [InlineData("{\"error\":{\"code\":503,\"status\":\"\\ud800\",\"details\":[null,1,[],{\"@type\":5}]}}")]
    [InlineData("{\"error\":{\"code\":503,\"\\ud800x\":1,\"status\":\"UNAVAILABLE\"}}")]
    public void Classify_BodyThatIsNoError_LeavesItToTheStatus(string body)
    {
        Assert.Equal(new CallOutcome(CallOutcomeKind.UpstreamUnavailable) { Detail = "503" }, UpstreamErrorClassifier.Classify(503, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Classify_BodyBeyondItsBound_LeavesItToTheStatus()
    {
        var body = ErrorBodies.Quota(new string('0', UpstreamError.BodyBytesMax) + "36s", (PerDay, "0"));

        Assert.Equal(CallOutcomeKind.KeyRateLimited, UpstreamErrorClassifier.Classify(429, body).Kind);
    }

    [Fact]
    public void Classify_MutatedAndCutBodies_NeverThrowsAndStaysInTheEnum()
    {
        var random = new Random(7);
        var whole = ErrorBodies.Quota("36s", (PerDay, "20"), (PerMinute, "0"));
        for (var round = 0; round < 20_000; round++)
        {
            var body = whole[..(random.Next(4) == 0 ? random.Next(whole.Length + 1) : whole.Length)];
            for (var change = random.Next(4); change > 0 && body.Length > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var outcome = UpstreamErrorClassifier.Classify(random.Next(0, 700), body);

            Assert.True(Enum.IsDefined(outcome.Kind), $"round {round}");
            Assert.True(outcome.Detail is null || outcome.Detail.All(c => c is >= ' ' and < '\x7f'), $"round {round}: {outcome.Detail}");
        }
    }
}
