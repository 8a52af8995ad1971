using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

public sealed class OutcomeTests
{
    private const string Call = "/v1beta/models/gemini-x:generateContent";

    /// <summary>What the upstream says, who is blamed, how many keys are tried of three, and the status the client gets in the end.</summary>
    public static TheoryData<int, string, CallOutcomeKind, int, int> Faults => new()
    {
        { 400, Answers.Error(400, "INVALID_ARGUMENT"), CallOutcomeKind.RequestRejected, 1, 400 },
        { 413, "<html>too large</html>", CallOutcomeKind.RequestRejected, 1, 413 },
        { 400, Answers.Error(400, "INVALID_ARGUMENT", Answers.Reason("API_KEY_INVALID")), CallOutcomeKind.KeyRejected, 3, 503 },
        { 401, Answers.Error(401, "UNAUTHENTICATED", Answers.Reason("ACCESS_TOKEN_TYPE_UNSUPPORTED")), CallOutcomeKind.KeyRejected, 3, 503 },
        { 403, Answers.Error(403, "PERMISSION_DENIED", Answers.Reason("CONSUMER_SUSPENDED")), CallOutcomeKind.KeySuspended, 3, 503 },
        { 402, Answers.Error(402, "RESOURCE_EXHAUSTED"), CallOutcomeKind.KeySuspended, 3, 503 },
        { 429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", 5, "36.4s")), CallOutcomeKind.KeyRateLimited, 3, 429 },
        { 429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", 20, "36s")), CallOutcomeKind.KeyDayExhausted, 3, 429 },
        { 429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", 0, "36s")), CallOutcomeKind.ModelNotAvailable, 3, 404 },
        { 500, Answers.Error(500, "INTERNAL"), CallOutcomeKind.UpstreamUnavailable, 3, 500 },
        { 503, Answers.Error(503, "UNAVAILABLE"), CallOutcomeKind.UpstreamUnavailable, 3, 503 },
        { 504, Answers.Error(504, "DEADLINE_EXCEEDED"), CallOutcomeKind.UpstreamTimedOut, 3, 504 },
        { 200, "{\"candidates\": [{\"content\"", CallOutcomeKind.UpstreamBroken, 3, 502 },
        { 400, Answers.Error(400, "FAILED_PRECONDITION"), CallOutcomeKind.EgressRefused, 3, 503 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Call_EveryKeyFailsAlike_BlamesTheRightOneAndTellsTheTruth(int status, string body, CallOutcomeKind blamed, int attempts, int told)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(status, body);

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal((HttpStatusCode)told, response.StatusCode);
        Assert.Equal(Enumerable.Repeat(blamed, attempts), gateway.Pool.Kinds);
        Assert.Equal(attempts, gateway.Upstream.Calls.Count);
        Assert.Equal(attempts, gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct().Count());
        Assert.Equal($"{attempts}", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.Equal(gateway.Pool.Settled[^1].Lease.Key.Id.Value, response.Headers.GetValues("x-gateway-key-id").Single());
        if (told != 413)
        {
            using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(told, error.RootElement.GetProperty("error").GetProperty("code").GetInt32());
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Call_FirstKeyFails_AnotherServesUnlessTheRequestIsAtFault(int status, string body, CallOutcomeKind blamed, int attempts, int told)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, status, body),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        if (attempts == 1)
        {
            Assert.Equal((HttpStatusCode)told, response.StatusCode);
            Assert.Equal([blamed], gateway.Pool.Kinds);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Answers.Ok, await response.Content.ReadAsStringAsync());
        Assert.Equal([blamed, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
        Assert.Equal("2", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.Equal([gateway.Pool.Settled[0].Lease.Key.Id], gateway.Pool.Requests[1].Excluded);
    }

    [Fact]
    public async Task Call_NotFoundWithEveryKey_BlamesTheRequest()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(404, Answers.Error(404, "NOT_FOUND"));

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:embedContent", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(Answers.Error(404, "NOT_FOUND"), await response.Content.ReadAsStringAsync());
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.RequestRejected, 3), gateway.Pool.Kinds);
        Assert.Equal(3, gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct().Count());
    }

    [Fact]
    public async Task Call_NotFoundWithOneKey_BlamesItOnceAnotherHasServed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 404, Answers.Error(404, "NOT_FOUND")),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(Answers.Ok, await response.Content.ReadAsStringAsync());
        var blamed = Assert.Single(gateway.Pool.Settled, entry => entry.Outcome.Kind == CallOutcomeKind.ModelNotAvailable).Lease.Key.Id;
        Assert.Equal([blamed], gateway.Pool.Requests[1].Excluded);
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.ModelNotAvailable], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_ErrorBodyCut_IsJudgedByItsStatus()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("{\"error\":");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("cut");
        };

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal([CallOutcomeKind.KeyRateLimited], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_EmptyThenRejected_TellsOfTheRejection()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Empty),
            context => ScriptedUpstream.WriteAsync(context, 400, Answers.Error(400, "INVALID_ARGUMENT")));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("{\"candidates\": [{\"content\": {\"role\": \"model\"},\"finishReason\": \"STOP\"}],\"promptFeedback\": {\"safetyRatings\": []}}", 3)]
    [InlineData("{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hi\"}]},\"finishReason\": \"STOP\"}],\"promptFeedback\": {\"safetyRatings\": []}}", 1)]
    [InlineData("{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hi\"}]}}],\"promptFeedback\": {\"safetyRatings\": []}}", 3)]
    public async Task Call_PromptFeedbackWithoutABlock_SaysNothingAboutTheAnswer(string answer, int attempts)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer);

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        Assert.Equal(attempts, gateway.Pool.Kinds.Count());
    }

    [Fact]
    public async Task Call_RequestRejected_PassesTheUpstreamsErrorByteForByte()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var body = Answers.Error(400, "INVALID_ARGUMENT", "{\"@type\": \"type.googleapis.com/google.rpc.BadRequest\",\"odd\" :1}") + "\n\n";
        gateway.Upstream.Always(400, body, "application/json; odd=1");

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json; odd=1", response.Content.Headers.NonValidated["Content-Type"].ToString());
    }

    [Theory]
    [InlineData("api_key:AIzaTestKeyNumberOne-000000000000000001 is bad")]
    [InlineData("AQ.TestKeyNumberTwo-0000000000000000002 is bad")]
    [InlineData("TestKeyNumberThree-3 is bad")]
    public async Task Call_RequestRejectedQuotingAKey_IsRedacted(string message)
    {
        string[] keys = ["AIzaTestKeyNumberOne-000000000000000001", "AQ.TestKeyNumberTwo-0000000000000000002", "TestKeyNumberThree-3"];
        foreach (var key in keys.Where(message.Contains))
        {
            await using var gateway = await GatewayUnderTest.StartAsync(keys: [key]);
            gateway.Upstream.Always(400, Answers.Error(400, "INVALID_ARGUMENT", message: message));

            using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.DoesNotContain(key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Call_QuotaError_SettlesWithDelayAndLearnedLimit()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Always(429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerMinutePerProjectPerModel", 5, "36.4s")));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        var outcome = Assert.Single(gateway.Pool.Settled).Outcome;
        Assert.Equal(TimeSpan.FromSeconds(36.4), outcome.RetryDelay);
        Assert.Equal(5, Assert.Single(outcome.LearnedLimits!).Value);
        Assert.Equal(TimeSpan.FromSeconds(37), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(Answers.Empty)]
    [InlineData("{}")]
    public async Task Call_EmptyAnswer_TriesAnotherKeyAndPassesTheTruthInTheEnd(string empty)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, empty);

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(empty, await response.Content.ReadAsStringAsync());
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.UpstreamBroken, 3), gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(Answers.Blocked)]
    [InlineData("{\"candidates\": [{\"finishReason\": \"MAX_TOKENS\"}]}")]
    [InlineData("{\"candidates\": [{\"content\": {\"parts\": [{\"functionCall\": {\"name\": \"f\"}}]},\"finishReason\": \"STOP\"}]}")]
    public async Task Call_AnswerWithoutTextThatSaysSomething_IsNotRetried(string answer)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer);

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_AnswerCutInTheMiddle_TriesAnotherKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            async context =>
            {
                context.Response.ContentType = Answers.Json;
                context.Response.ContentLength = Answers.Ok.Length;
                await context.Response.WriteAsync(Answers.Ok[..20]);
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(Answers.Ok, await response.Content.ReadAsStringAsync());
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData(503, 200, CallOutcomeKind.UpstreamUnavailable)]
    [InlineData(403, 503, CallOutcomeKind.RequestRejected)]
    public async Task Call_OnlyOneKey_IsAskedAgainAfterAnUpstreamsFaultOnly(int status, int told, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["AIzaTheOnlyKeyOfThisTest-000000000001"]);
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, status, Answers.Error(status, "UNAVAILABLE")),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(told, (int)response.StatusCode);
        Assert.Equal(told == 200 ? [blamed, CallOutcomeKind.Succeeded] : [blamed], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_UpstreamUnreachable_IsNotSentAndNobodyIsBlamed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { BaseUrl = new Uri("http://127.0.0.1:1/v1beta") });

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.NotSent, 3), gateway.Pool.Kinds);
        Assert.All(gateway.Pool.Requests, request => Assert.Empty(request.Excluded));
    }

    [Fact]
    public async Task Call_MaxRetriesOne_IsTriedOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Always(503, Answers.Error(503, "UNAVAILABLE"));

        using var response = await gateway.Client.PostAsync(Call, new StringContent("{}"));

        Assert.Equal([CallOutcomeKind.UpstreamUnavailable], gateway.Pool.Kinds);
        Assert.Equal(Encoding.UTF8.GetBytes(Answers.Error(503, "UNAVAILABLE")), await response.Content.ReadAsByteArrayAsync());
    }
}
