using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Secrets;

/// <summary>What is asked here would show a secret if anything did. Every other test of this suite is searched the same way in its end.</summary>
public sealed class SecretTests : ConformanceTest
{
    private const string WrongToken = "sk-wrong-token-of-somebody";
    private const string Body = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";
    private const string Interaction = """{"model":"gemini-2.5-flash","input":"hi"}""";
    private const string Call = "/v1beta/models/gemini-2.5-flash:generateContent";

    [Fact]
    public async Task Credentials_InEveryPlace_AppearNowhere()
    {
        Gateway.Watch.Add("wrong token", WrongToken);
        foreach (var token in (string[])[ComposedGateway.ClientToken, WrongToken, ComposedGateway.AdminToken])
        {
            var expected = token == WrongToken ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
            Assert.Equal(expected, await SendAsync($"{Call}?key={token}"));
            Assert.Equal(expected, await SendAsync($"{Call}?alt=json&KEY=x&key={token}&$key={token}&access_token={token}"));
            Assert.Equal(expected, await SendAsync($"/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&key={token}"));
            Assert.Equal(expected, await SendAsync($"/v1beta/models/gemini-2.5-flash:streamGenerateContent?key={token}"));
            Assert.Equal(expected, await SendAsync(Call, request => request.Headers.Add("x-goog-api-key", token)));
            Assert.Equal(expected, await SendAsync(Call, request => request.Headers.Add("x-api-key", token)));
            Assert.Equal(expected, await SendAsync(Call, request => request.Headers.Add("api-key", token)));
            Assert.Equal(expected, await SendAsync(Call, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token)));
            Assert.Equal(token == WrongToken ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound, await SendAsync($"/v1/nothing/here?key={token}"));
            Assert.Equal(expected, await SendAsync($"/v1beta/interactions?key={token}", body: Interaction));
            await SendAsync($"/v1beta/interactions/v1_abc?key={token}", body: null);
            await SendAsync($"/v1/chat/completions?key={token}");
            await SendAsync($"/v1beta//nowhere?key={token}");
            await SendAsync($"/openai/v1/chat/completions?key={token}");
            await SendAsync($"/api/keys?key={token}");
            await SendAsync($"/nowhere?key={token}");
        }

        Assert.NotEmpty(Gateway.Logs.Lines);
    }

    [Theory]
    [InlineData(FakeErrorKind.ConsumerSuspended)]
    [InlineData(FakeErrorKind.ApiKeyInvalid)]
    [InlineData(FakeErrorKind.KeyLeaked)]
    [InlineData(FakeErrorKind.RequestsPerMinute)]
    [InlineData(FakeErrorKind.Overloaded)]
    public async Task UpstreamErrors_OnEveryFace_QuoteNoKey(FakeErrorKind error)
    {
        Upstream.Knobs.Fail(error);

        Assert.True(await SendAsync(Call, WithToken) >= HttpStatusCode.BadRequest);
        Assert.True(await SendAsync("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", WithToken) >= HttpStatusCode.BadRequest);
        Assert.True(await SendAsync("/v1beta/interactions", WithToken, Interaction) >= HttpStatusCode.BadRequest);
        Assert.True(await SendAsync("/v1beta/interactions?alt=sse", WithToken, Interaction) >= HttpStatusCode.BadRequest);
        Assert.True(await SendAsync("/openai/v1/chat/completions", WithToken, """{"model":"gemini-2.5-flash","messages":[]}""") >= HttpStatusCode.BadRequest);
        Assert.True(await SendAsync("/v1/chat/completions", WithToken, """{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]}""") >= HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Admin_ListsAndChanges_ShowNoKey()
    {
        const string Added = "AIzaAddedByTheAdminOfThisSuite0000001x";
        Gateway.Watch.Add("added key", Added);

        Assert.Equal(HttpStatusCode.OK, await SendAsync("/api/keys", WithAdmin, $$"""{"keys":["{{Added}}"]}"""));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/api/keys", WithAdmin, $$"""{"keys":["{{Added}}"]}"""));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/api/keys", WithAdmin, body: null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/v1/keys/list", WithAdmin, body: null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("/api/settings", WithAdmin, body: null));
        foreach (var key in await Gateway.Keys.ListAsync(CancellationToken.None))
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync($"/api/keys/{key.Id}/verify", WithAdmin));
        }
    }

    [Fact]
    public async Task Log_OfRequestsThatHoldSecrets_HoldsNone()
    {
        var gateway = await ComposedGateway.StartAsync();
        await using (gateway)
        {
            var text = string.Join(' ', gateway.Upstream.Options.Keys.Append(ComposedGateway.ClientToken).Append(ComposedGateway.AdminToken));
            gateway.Upstream.Knobs.Fail(FakeErrorKind.Overloaded);
            using var request = new HttpRequestMessage(HttpMethod.Post, Call) { Content = new StringContent($$$"""{"contents":[{"parts":[{"text":"marked {{{text}}}"}]}]}""") };
            WithToken(request);
            using var response = await gateway.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        Assert.Contains("marked [redacted]", gateway.Stored, StringComparison.Ordinal);
    }

    /// <summary>The search itself: a secret in an answer is found.</summary>
    [Fact]
    public async Task Watch_FindsWhatIsThere()
    {
        Gateway.Watch.Add("what the fake says", "Echo: hi");

        await SendAsync(Call, WithToken);

        Assert.Single(Gateway.Watch.FindInAnswers());
        Gateway.Watch.Forget("what the fake says");
    }

    private static void WithToken(HttpRequestMessage request) => request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);

    private static void WithAdmin(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ComposedGateway.AdminToken);

    private async Task<HttpStatusCode> SendAsync(string path, Action<HttpRequestMessage>? configure = null, string? body = Body)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        configure?.Invoke(request);
        using var response = await Gateway.Client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode;
    }
}
