using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GeminiBalance.KeyPool;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class ErrorTests : FakeTest
{
    public static TheoryData<FakeErrorKind, int, CallOutcomeKind> Kinds => new()
    {
        { FakeErrorKind.ApiKeyInvalid, 400, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.ApiKeyExpired, 400, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.LocationUnsupported, 400, CallOutcomeKind.EgressRefused },
        { FakeErrorKind.InvalidArgument, 400, CallOutcomeKind.RequestRejected },
        { FakeErrorKind.AccessTokenTypeUnsupported, 401, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.PrepayDepleted, 402, CallOutcomeKind.KeySuspended },
        { FakeErrorKind.UnregisteredCaller, 403, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.ConsumerSuspended, 403, CallOutcomeKind.KeySuspended },
        { FakeErrorKind.KeyLeaked, 403, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.ServiceDisabled, 403, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.ServiceBlocked, 403, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.PermissionDenied, 403, CallOutcomeKind.KeyRejected },
        { FakeErrorKind.ModelNotFound, 404, CallOutcomeKind.ModelNotAvailable },
        { FakeErrorKind.TooLarge, 413, CallOutcomeKind.RequestRejected },
        { FakeErrorKind.RequestsPerMinute, 429, CallOutcomeKind.KeyRateLimited },
        { FakeErrorKind.TokensPerMinute, 429, CallOutcomeKind.KeyRateLimited },
        { FakeErrorKind.RequestsPerDay, 429, CallOutcomeKind.KeyDayExhausted },
        { FakeErrorKind.QuotaZero, 429, CallOutcomeKind.ModelNotAvailable },
        { FakeErrorKind.ExhaustedBare, 429, CallOutcomeKind.KeyRateLimited },
        { FakeErrorKind.Cancelled, 499, CallOutcomeKind.UpstreamBroken },
        { FakeErrorKind.Internal, 500, CallOutcomeKind.UpstreamUnavailable },
        { FakeErrorKind.BadGateway, 502, CallOutcomeKind.UpstreamUnavailable },
        { FakeErrorKind.Overloaded, 503, CallOutcomeKind.UpstreamUnavailable },
        { FakeErrorKind.DeadlineExceeded, 504, CallOutcomeKind.UpstreamTimedOut },
    };

    public static TheoryData<string, string, string, string> Refused => new()
    {
        { Flash, """{"contents":[]}""", "* GenerateContentRequest.contents: contents is not specified\n", "" },
        { Flash, """{"contents":[{"role":"user","parts":[]}]}""", "* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n", "" },
        { Flash, """{"contents":[{"role":"system","parts":[{"text":"x"}]}]}""", "Please use a valid role: user, model.", "" },
        { Flash, Prompt("x", "\"foo\":1"), "Invalid JSON payload received. Unknown name \"foo\": Cannot find field.", "" },
        { Flash, Prompt("x", "\"generationConfig\":{\"topX\":1}"), "Invalid JSON payload received. Unknown name \"topX\" at 'generation_config': Cannot find field.", "generation_config" },
        { Flash, Prompt("x", "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}]}]"), "Invalid JSON payload received. Unknown name \"additionalProperties\" at 'tools[0].function_declarations[0].parameters': Cannot find field.", "tools[0].function_declarations[0].parameters" },
        { Flash, Prompt("x", "\"generation_config\":{\"temperature\":\"hot\"}"), "Invalid value at 'generation_config.temperature' (TYPE_FLOAT), \"hot\"", "generation_config.temperature" },
        { Flash, """{"contents":[{"parts":{"inlineData":{"mimeType":"image/png","data":"%%"}}}]}""", "Invalid value at 'contents[0].parts.inline_data.data' (TYPE_BYTES), Base64 decoding failed for \"%%\"", "contents[0].parts.inline_data.data" },
        { Flash, Prompt("x", "\"generationConfig\":{\"presencePenalty\":0.5}"), "Penalty is not enabled for models/gemini-3.6-flash", "" },
        { "gemini-3.8-flash", Prompt("x", "\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"MINIMAL\"}}"), "Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.", "" },
        { "gemini-2.5-flash", Prompt("x", "\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"LOW\"}}"), "Thinking level is not supported for this model.", "" },
        { "gemini-2.5-flash", Prompt("x", "\"generationConfig\":{\"responseMimeType\":\"application/json\"},\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}]"), "Function calling with a response mime type: 'application/json' is unsupported", "" },
        { Flash, """{"contents":[{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"text":"y"}]}]}""", "Requests ending with a model turn are not supported for this model. Please ensure that the last turn is a user turn.", "" },
        { Flash, Turn("\"thoughtSignature\":\"AAAA\",", ""), "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.", "" },
        { Flash, Turn("", """{"functionResponse":{"id":"a","name":"f","response":{}}}"""), "Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call `default_api:f` , position 2. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.", "" },
        { Flash, Turn("\"thoughtSignature\":\"AAAA\",", """{"functionResponse":{"id":"b","name":"f","response":{}}}"""), "Please ensure that each function response has the id and the name of a function call of the preceding turn.", "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Knob_Error_HasTheRealStatusAndIsUnderstood(FakeErrorKind error, int status, CallOutcomeKind outcome)
    {
        Server.Knobs.Fail(error, times: 1);

        using var answer = await PostAsync($"models/{Flash}:generateContent", Prompt("x"));
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal((status, outcome), ((int)answer.StatusCode, UpstreamErrorClassifier.Classify((int)answer.StatusCode, body).Kind));
        Assert.Equal(200, (await AskAsync(Prompt("x"))).Status);
    }

    [Fact]
    public void Kinds_EveryError_IsInTheTable()
    {
        Assert.Equal(Enum.GetValues<FakeErrorKind>(), Kinds.Select(row => (FakeErrorKind)row[0]));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task GenerateContent_WhatTheRealOneRefuses_IsRefusedInItsWords(string model, string request, string message, string field)
    {
        var (status, body) = await AskAsync(request, model);

        Assert.Equal((400, message, "INVALID_ARGUMENT"), (status, (string)body["error"]!["message"]!, (string)body["error"]!["status"]!));
        Assert.Equal(field, (string?)body["error"]!["details"]?[0]!["fieldViolations"]![0]!["field"] ?? "");
    }

    [Fact]
    public async Task GenerateContent_BrokenJson_Is400()
    {
        var (status, body) = await AskAsync("{\"contents\":[");

        Assert.Equal(400, status);
        Assert.StartsWith("Invalid JSON payload received.", (string)body["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_EveryPlace_AnswersAsUpstream()
    {
        const string Native = "/v1beta/models";
        const string Compatible = "/v1beta/openai/models";
        (string, string) header = ("x-goog-api-key", Key), bearer = ("Authorization", "Bearer " + Key);

        Assert.Equal(200, await StatusAsync(Native, header));
        Assert.Equal(200, await StatusAsync($"{Native}?key={Key}"));
        Assert.Equal(401, await StatusAsync(Native, bearer));
        Assert.Equal(400, await StatusAsync(Native, header, bearer));
        Assert.Equal(400, await StatusAsync($"{Native}?key={Key}", header));
        Assert.Equal(403, await StatusAsync(Native));
        Assert.Equal(403, await StatusAsync(Native, ("x-goog-api-key", "")));
        Assert.Equal(400, await StatusAsync(Native, ("x-goog-api-key", "wrong")));
        Assert.Equal(200, await StatusAsync(Compatible, bearer));
        Assert.Equal(200, await StatusAsync(Compatible, header));
        Assert.Equal(400, await StatusAsync(Compatible, header, bearer));
    }

    [Fact]
    public async Task UnknownModel_Is404OfItsMethod_UnknownPathIsAPage()
    {
        var (status, body) = await AskAsync(Prompt("x"), "no-such-model");
        using var page = await GetAsync("/v1beta/nothing/here");

        Assert.Equal((404, "NOT_FOUND"), (status, (string)body["error"]!["status"]!));
        Assert.StartsWith("models/no-such-model is not found for API version v1beta, or is not supported for generateContent.", (string)body["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Equal((404, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Errors_OnStreamsAndTheCompatibleEndpoint_HaveTheRecordedForm()
    {
        Server.Knobs.Fail(FakeErrorKind.Overloaded);
        using var events = await PostAsync($"models/{Flash}:streamGenerateContent?alt=sse", Prompt("x"));
        using var array = await PostAsync($"models/{Flash}:streamGenerateContent", Prompt("x"));
        using var compatible = await PostRawAsync("/v1beta/openai/chat/completions", """{"model":"gemini-3.6-flash","messages":[{"role":"user","content":"x"}]}""", new AuthenticationHeaderValue("Bearer", Key));

        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        Assert.Equal(503, JsonNode.Parse(await events.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>());
        Assert.Equal(503, JsonNode.Parse(await array.Content.ReadAsStringAsync())![0]!["error"]!["code"]!.GetValue<int>());
        Assert.Equal(503, JsonNode.Parse(await compatible.Content.ReadAsStringAsync())![0]!["error"]!["code"]!.GetValue<int>());
    }

    private static string Turn(string signature, string response) => """
        {"contents":[{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{SIGNATURE"functionCall":{"id":"a","name":"f","args":{}}}]},
        {"role":"user","parts":[RESPONSE]}]}
        """.Replace("SIGNATURE", signature, StringComparison.Ordinal).Replace("RESPONSE", response.Length > 0 ? response : "{\"text\":\"y\"}", StringComparison.Ordinal);

    private async Task<int> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await GetAsync(path, headers);
        return (int)answer.StatusCode;
    }
}
