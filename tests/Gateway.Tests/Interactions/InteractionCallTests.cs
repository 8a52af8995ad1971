using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using static GeminiBalance.Gateway.Tests.Interactions.Interaction;

namespace GeminiBalance.Gateway.Tests.Interactions;

public sealed class InteractionCallTests
{
    [Theory]
    [InlineData("/v1beta/interactions", "/v1beta/interactions")]
    [InlineData("/gemini/v1beta/interactions", "/v1beta/interactions")]
    [InlineData("/v1/interactions", "/v1beta/interactions")]
    [InlineData("/v1alpha/interactions", "/v1alpha/interactions")]
    [InlineData("/v1beta/interactions?alt=sse&key=client-token-of-the-test", "/v1beta/interactions?alt=sse")]
    public async Task Create_UnderEveryVersion_PassesByteForByte(string path, string target)
    {
        const string Odd = """{ "input" : [{"type":"text","text":"é\u00e9"}],"model":"models/gemini-x", "tomorrow":1e99 }""";
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Done);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Odd) };
        request.Headers.Add("Api-Revision", "2026-05-20");
        request.Headers.Add("x-goog-api-client", "google-genai-sdk/3.1.0");
        request.Headers.Add("Cookie", "secret");

        using var response = await gateway.Client.SendAsync(request);

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal(Done, await response.Content.ReadAsStringAsync());
        Assert.Equal((target, Odd), (call.Target, System.Text.Encoding.UTF8.GetString(call.Body)));
        Assert.Equal(("2026-05-20", "google-genai-sdk/3.1.0"), (call.Headers["Api-Revision"], call.Headers["x-goog-api-client"]));
        Assert.DoesNotContain("Cookie", call.Headers.Keys);
        Assert.Equal(gateway.Pool.Settled[0].Lease.Key.Reveal(), call.Headers["x-goog-api-key"]);
    }

    [Theory]
    [InlineData(Request, false)]
    [InlineData(Streamed, true)]
    public async Task Create_SpendsItsModelsQuota_AndSettlesWhatItUsed(string body, bool isStream)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, isStream ? Events : Done, isStream ? Answers.Sse : Answers.Json);

        Assert.Equal((200, isStream ? Events : Done), await SendAsync(gateway, body));

        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal(("gemini-x", CallOutcomeKind.Succeeded, 9L, 141L), (lease.Model, outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
    }

    [Theory]
    [InlineData("""{"model":"models/gemini-x","input":"Hi"}""", "gemini-x")]
    [InlineData("""{"model":"tunedModels/mine","input":"Hi"}""", "tunedModels/mine")]
    [InlineData("""{"agent":"deep-research-x","input":"Hi","background":true}""", "deep-research-x")]
    [InlineData("""{"agent":"agents/mine","input":"Hi","background":true}""", "mine")]
    public async Task Create_ModelOrAgent_IsItsOwnQuota(string body, string quota)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Running);

        Assert.Equal(200, (await SendAsync(gateway, body)).Status);

        Assert.Equal(quota, Assert.Single(gateway.Pool.Requests).Model);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(gateway.Upstream.Calls[0].Body));
    }

    [Fact]
    public async Task Create_WithAnotherNameForAModel_CallsTheModel()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Done);
        gateway.Settings.Change(settings => settings with
        {
            Models = settings.Models with { SearchModels = new HashSet<string> { "gemini-x" }, Aliases = new Dictionary<string, string> { ["mine"] = "gemini-x-search" } },
        });

        await SendAsync(gateway, """{"model":"models/mine","input":"Hi","store":true}""");

        Assert.Equal("gemini-x", Assert.Single(gateway.Pool.Requests).Model);
        Assert.Equal(
            """{"model":"models/gemini-x","input":"Hi","store":true,"tools":[{"type":"google_search"}]}""", System.Text.Encoding.UTF8.GetString(gateway.Upstream.Calls[0].Body));
    }

    [Theory]
    [InlineData("gemini-x", """{"model":"gemini-x","input":"Hi"}""")]
    [InlineData("deep-research-x", """{"agent":"deep-research-x","input":"Hi"}""")]
    public async Task Create_OfAFilteredName_IsNotThere(string name, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { name } });

        var (status, answer) = await SendAsync(gateway, body);

        Assert.Equal(404, status);
        Assert.StartsWith("""{"error":{"code":"model_not_found","message":""", answer, StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Create_EmptyAnswer_IsAskedForAgain_AndIsTheTruthInTheEnd()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(context => ScriptedUpstream.WriteAsync(context, 200, Empty), context => ScriptedUpstream.WriteAsync(context, 200, Done));
        Assert.Equal((200, Done), await SendAsync(gateway, Request));
        Assert.Equal([CallOutcomeKind.UpstreamBroken, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);

        gateway.Upstream.Always(200, Empty);
        Assert.Equal((200, Empty), await SendAsync(gateway, Request));
    }

    [Fact]
    public async Task Create_ALargeRecording_IsNotCountedByItsLetters()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Done);

        await SendAsync(gateway, $$"""{"model":"gemini-x","input":[{"type":"audio","data":"{{new string('A', 400_000)}}","mime_type":"audio/mp3"}]}""");

        Assert.InRange(Assert.Single(gateway.Pool.Requests).EstimatedTokens, 2_400, 2_500);
    }
}
