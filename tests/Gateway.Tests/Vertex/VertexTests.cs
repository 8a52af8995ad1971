using System.Net;
using System.Text;
using System.Text.Json;
using GeminiBalance.FakeGemini;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Vertex;

public sealed class VertexTests
{
    private const string Body = """{ "contents" : [{"role":"user","parts":[{"text":"Hi"}]}], "labels":{"tomorrow":1} }""";

    [Theory]
    [InlineData("models/gemini-x:generateContent", Answers.Json, Answers.Ok)]
    [InlineData("models/gemini-x:streamGenerateContent?alt=sse", Answers.Sse, "data: " + Answers.Ok + "\r\n\r\n")]
    public async Task Call_GoesToVertexWithAKeyOfItsKind(string path, string contentType, string answer)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, answer, contentType);
        var vertex = new Uri(gateway.Upstream.BaseUrl, "/v1beta1/publishers/google");
        gateway.Settings.Change(settings => settings with { BaseUrl = new Uri("http://127.0.0.1:1/v1beta"), Vertex = new VertexSettings { BaseUrl = vertex } });

        using var response = await gateway.Client.PostAsync($"/vertex-express/v1beta/{path}", new StringContent(Body, Encoding.UTF8, "application/json"));

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        var call = gateway.Upstream.Calls.Single();
        Assert.Equal($"/v1beta1/publishers/google/{path}", call.Target);
        Assert.Equal(Body, Encoding.UTF8.GetString(call.Body));
        Assert.Equal(gateway.Pool.Keys[0].Reveal(), call.Headers["x-goog-api-key"]);
        Assert.Equal(("gemini-x", KeyRequirement.Vertex), (gateway.Pool.Requests.Single().Model, gateway.Pool.Requests.Single().Needs));
    }

    [Fact]
    public async Task ModelList_IsTheGeminiApis()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, """{"models":[{"name":"models/gemini-x"}]}""");

        var list = await gateway.Client.GetStringAsync("/vertex-express/v1beta/models");

        Assert.Contains("\"models/gemini-x\"", list, StringComparison.Ordinal);
        Assert.All(gateway.Upstream.Calls, call => Assert.StartsWith("/v1beta/models", call.Target, StringComparison.Ordinal));
        Assert.All(gateway.Pool.Requests, request => Assert.Equal(KeyRequirement.None, request.Needs));
    }

    [Theory]
    [InlineData(KeyKind.Vertex, "/v1beta1/publishers/google/models/gemini-x:generateContent")]
    [InlineData(KeyKind.Gemini, "/v1beta/models/gemini-x:generateContent")]
    public async Task Probe_AsksTheServiceThatTakesTheKey(KeyKind kind, string target)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);
        gateway.Settings.Change(settings => settings with { Vertex = new VertexSettings { BaseUrl = new Uri(gateway.Upstream.BaseUrl, "/v1beta1/publishers/google") } });
        var now = TimeProvider.System.GetUtcNow();
        var lease = new KeyLease(gateway.Pool.Keys[0], "gemini-x", now, now.AddMinutes(1), 1) { Kind = kind };

        var outcome = await ActivatorUtilities.CreateInstance<GeminiKeyProbe>(gateway.Services).ProbeAsync(lease, CancellationToken.None);

        Assert.Equal(CallOutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(target, gateway.Upstream.Calls.Single().Target);
    }

    [Fact]
    public async Task Keys_ServeTheirOwnRoutesOnly()
    {
        var keys = FakeKeys.Make(3);
        await using var upstream = await FakeGeminiServer.StartAsync(new FakeGeminiOptions { Keys = keys, Limits = default });
        using var folder = new TemporaryFolder();
        await using var gateway = await StandaloneGateway.StartAsync(
            folder.Path,
            $"--BASE_URL={upstream.BaseUrl}",
            $"--VERTEX_EXPRESS_BASE_URL={upstream.BaseUrl.Replace("/v1beta", "/v1", StringComparison.Ordinal)}",
            $"--API_KEYS={keys[0]}",
            $"--VERTEX_API_KEYS={keys[1]},{keys[2]}");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(gateway, "/v1beta")).Status);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(gateway, "/vertex-express/v1beta")).Status);
        }

        Assert.Equal([keys[0]], upstream.Requests.Where(request => request.Target.StartsWith("/v1beta/", StringComparison.Ordinal)).Select(request => request.Key).Distinct());
        Assert.Equal(keys.Skip(1).Order(), upstream.Requests.Where(request => request.Target.StartsWith("/v1/", StringComparison.Ordinal)).Select(request => request.Key).Distinct().Order());
    }

    [Fact]
    public async Task Call_WithoutAnyVertexKey_IsRefusedAndNoGeminiKeyIsShown()
    {
        await using var upstream = await FakeGeminiServer.StartAsync(new FakeGeminiOptions { Limits = default });
        using var folder = new TemporaryFolder();
        await using var gateway = await StandaloneGateway.StartAsync(
            folder.Path, $"--BASE_URL={upstream.BaseUrl}", $"--VERTEX_EXPRESS_BASE_URL={upstream.BaseUrl}", $"--API_KEYS={upstream.Options.Keys[0]}");

        var (status, body) = await CallAsync(gateway, "/vertex-express/v1beta");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("UNAVAILABLE", body.GetProperty("error").GetProperty("status").GetString());
        Assert.Empty(upstream.Requests);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(StandaloneGateway gateway, string face) => gateway.SendAsync(
        "POST", $"{face}/models/gemini-2.5-flash:generateContent", StandaloneGateway.ClientToken,
        new StringContent("""{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""", Encoding.UTF8, "application/json"));
}
