using System.Net;
using System.Text;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class ResourceEndpointTests
{
    private const string Cache = """{"name": "cachedContents/c1","model": "models/gemini-x","expireTime": "2099-01-01T00:00:00Z"}""";

    [Fact]
    public async Task Create_IsWrittenDownBeforeTheClientIsTold_AndEveryLaterCallGoesToItsKey()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Cache);

        using var made = await gateway.Client.PostAsync("/v1beta/cachedContents", Json("""{"model":"models/gemini-x"}"""));
        var owner = gateway.Pool.Settled[0].Lease.Key.Id;
        for (var i = 0; i < 4; i++)
        {
            await gateway.Client.GetAsync("/v1beta/cachedContents/c1");
            await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", Json("""{"cachedContent":"cachedContents/c1"}"""));
        }

        Assert.Equal(Cache, await made.Content.ReadAsStringAsync());
        Assert.Equal(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), Row(gateway, "cachedContents/c1").ExpiresAt);
        Assert.All(gateway.Pool.Requests.Skip(1), request => Assert.Equal(owner, request.Pinned));
        Assert.All(gateway.Pool.Settled, entry => Assert.Equal(owner, entry.Lease.Key.Id));
    }

    [Fact]
    public async Task Create_ThatCannotBeWrittenDown_IsNotTold()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, _) =>
        {
            Store(gateway).Failure = new InvalidOperationException("no disk");
            return ScriptedUpstream.WriteAsync(context, 200, Cache);
        };

        using var made = await gateway.Client.PostAsync("/v1beta/cachedContents", Json("{}"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, made.StatusCode);
        Assert.DoesNotContain("c1", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("3301", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("files/theirs", 403)]
    [InlineData("cachedContents/theirs", 403)]
    [InlineData("batches/theirs", 404)]
    [InlineData("files/unheard", 403)]
    [InlineData("batches/unheard", 404)]
    public async Task Resource_OfAnotherClient_IsNotThere(string name, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, name.Replace("unheard", "other", StringComparison.Ordinal), gateway.Pool.Keys[0].Id, "somebody-else");

        foreach (var verb in new[] { "GET", "DELETE", "PATCH" })
        {
            using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), $"/v1beta/{name}") { Content = verb == "PATCH" ? Json("{}") : null });
            Assert.Equal(status, (int)response.StatusCode);
        }

        Assert.Empty(gateway.Upstream.Calls);
    }

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"\u0066iles/theirs"}}]}]}""", 403)]
    [InlineData("""{"contents":[{"parts":[{"\ud800aaaaaa":1,"fileData":{"fileUri":"files/theirs"}}]}]}""", 400)]
    [InlineData("""{"contents":[{'parts':[{"fileData":{"fileUri":"files/theirs"}}]}]}""", 400)]
    public async Task Call_HidingAnotherClientsFile_IsRefused(string body, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/theirs", gateway.Pool.Keys[0].Id, "somebody-else");

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", Json(body));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Call_NamingAnotherClientsFile_IsRefusedInBothDialects()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/theirs", gateway.Pool.Keys[0].Id, "somebody-else");

        using var google = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", Json(Naming("files/theirs")));
        using var openAI = await gateway.Client.PostAsync(
            "/v1/chat/completions", Json("""{"model":"gemini-x","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-theirs"}}]}]}"""));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (google.StatusCode, openAI.StatusCode));
        Assert.Contains("\"status\"", await google.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("resource_not_found", await openAI.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Call_NamingFilesOfTwoKeys_Is400ThatNamesThem()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/a", gateway.Pool.Keys[0].Id);
        await SaveAsync(gateway, "files/b", gateway.Pool.Keys[1].Id);

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", Json(Naming("files/a", "files/b")));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("files/a and files/b", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Delete_ForgetsTheResource_AndSoDoesTheUpstreamsNotThere()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/a", gateway.Pool.Keys[1].Id);
        await SaveAsync(gateway, "files/b", gateway.Pool.Keys[1].Id);
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, "{}"), context => ScriptedUpstream.WriteAsync(context, 403, Answers.Error(403, "PERMISSION_DENIED")));

        using var deleted = await gateway.Client.DeleteAsync("/v1beta/files/a");
        using var missing = await gateway.Client.GetAsync("/v1beta/files/b");

        Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(Answers.Error(403, "PERMISSION_DENIED"), await missing.Content.ReadAsStringAsync());
        Assert.Empty(Store(gateway).Rows);
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task KeyOfTheResource_Gone_Is503AndNoOtherKeyIsAsked()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/a", new KeyId("ffffffffffffffff"));
        gateway.Pool.Deny = request => request.Pinned is null ? null : LeaseResult.Denied(LeaseDenialReason.PinnedKeyUnavailable);

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", Json(Naming("files/a")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Job_ThatIsDone_BringsItsFilesToItsKeyAndOwner()
    {
        const string Done = """{"name": "models/veo-x/operations/o1","done": true,"response": {"samples": [{"video": {"uri": "https://generativelanguage.googleapis.com/v1beta/files/v1:download?alt=media"}}]}}""";
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, """{"name": "models/veo-x/operations/o1"}"""), context => ScriptedUpstream.WriteAsync(context, 200, Done),
            context => ScriptedUpstream.WriteAsync(context, 200, "the video", "video/mp4"));

        await gateway.Client.PostAsync("/v1beta/models/veo-x:predictLongRunning", Json("{}"));
        using var polled = await gateway.Client.GetAsync("/v1beta/models/veo-x/operations/o1");
        using var video = await gateway.Client.GetAsync("/v1beta/files/v1:download?alt=media");

        Assert.Equal(Done, await polled.Content.ReadAsStringAsync());
        Assert.Equal(("the video", "video/mp4"), (await video.Content.ReadAsStringAsync(), video.Content.Headers.ContentType?.ToString()));
        Assert.Single(gateway.Pool.Settled.Select(entry => entry.Lease.Key.Id).Distinct());
    }

    [Theory]
    [InlineData("/download/v1beta/files/mine:download?alt=media", 200)]
    [InlineData("/download/v1/files/mine:download?alt=media", 200)]
    [InlineData("/download/v1beta/files/theirs:download?alt=media", 403)]
    [InlineData("/download/v1beta/files/mine", 404)]
    [InlineData("/download/v1beta/models/gemini-x:download", 404)]
    public async Task Download_AtTheUpstreamsOtherAddress_IsServedToItsOwner(string path, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await SaveAsync(gateway, "files/mine", gateway.Pool.Keys[1].Id);
        await SaveAsync(gateway, "files/theirs", gateway.Pool.Keys[1].Id, "somebody-else");
        gateway.Upstream.Always(200, "the lines", "application/jsonl");

        using var response = await gateway.Client.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? ["/v1beta/files/mine:download?alt=media"] : [], gateway.Upstream.Calls.Select(call => call.Target));
        Assert.All(gateway.Pool.Settled, entry => Assert.Equal(gateway.Pool.Keys[1].Id, entry.Lease.Key.Id));
    }

    [Theory]
    [InlineData("PATCH", "{\"ttl\":\"60s\"}")]
    [InlineData("DELETE", "")]
    public async Task Body_OverHttp2WithoutALength_ArrivesUpstream(string verb, string text)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(services: services => services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>>(
            new ConfigureOptions<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)))));
        await SaveAsync(gateway, "cachedContents/c1", gateway.Pool.Keys[0].Id);
        gateway.Upstream.Always(200, Cache);
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1beta/cachedContents/c1") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = text.Length == 0 ? null : new StreamContent(new PieceStream(Encoding.UTF8.GetBytes(text), 4));

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        Assert.Equal(text, Encoding.UTF8.GetString(Assert.Single(gateway.Upstream.Calls).Body));
    }

    internal static MemoryResourceStore Store(GatewayUnderTest gateway) => (MemoryResourceStore)gateway.Services.GetRequiredService<IResourceStore>();

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    internal static async Task SaveAsync(GatewayUnderTest gateway, string name, KeyId key, string clientId = TestTokens.ClientId) => await Store(gateway).SaveAsync(
        [new OwnedResource { Name = name, Collection = name.Split('/')[0], KeyId = key, ClientId = clientId, CreatedAt = TimeProvider.System.GetUtcNow() }], default);

    private static OwnedResource Row(GatewayUnderTest gateway, string name) => Store(gateway).Rows.Single(row => row.Name == name);

    private static string Naming(params string[] names) =>
        $$"""{"contents":[{"parts":[{{string.Join(',', names.Select(name => $$$"""{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/{{{name}}}"}}"""))}}]}]}""";
}
