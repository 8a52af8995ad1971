using System.Net;
using System.Net.Sockets;
using System.Text;
using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Egress;

public sealed class ProxiedCallTests
{
    private const string Path = "/v1beta/models/gemini-2.5-flash:generateContent";
    private const string Body = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Call_LeavesByTheProxy(bool isSocks, bool asksForUser)
    {
        using var proxy = isSocks ? SmallProxy.Socks5(asksForUser) : SmallProxy.Http(asksForUser);
        await using var gateway = await StartAsync(proxy.Url);

        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));

        Assert.Equal([gateway.Upstream.BaseUrl.Authority], proxy.Targets.Distinct());
        Assert.Equal("/v1beta/models/gemini-2.5-flash:generateContent", gateway.Upstream.Calls.Single().Target);
        Assert.Equal([CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Call_ProxyIsGone_LeavesByAnother_AndNoKeyIsBlamed()
    {
        using var good = SmallProxy.Http();
        var dead = $"http://127.0.0.1:{ClosedPort()}";

        // Enough keys for every proxy to be some key's own, whatever the ports are.
        const int count = 60;
        await using var gateway = await StartAsync([.. Enumerable.Range(0, count).Select(number => $"AIzaTestKeyOfManyKeys-0000000000000000{number:000}")], [dead, good.Url, dead.Replace("http", "socks5", StringComparison.Ordinal)]);
        foreach (var call in Enumerable.Range(0, count))
        {
            Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));
        }

        Assert.All(gateway.Pool.Kinds, kind => Assert.True(kind is CallOutcomeKind.Succeeded or CallOutcomeKind.NotSent, kind.ToString()));
        Assert.Equal(count, gateway.Pool.Kinds.Count(kind => kind == CallOutcomeKind.Succeeded));
        Assert.Equal([false, true, false], RoutesOf(gateway).Select(route => route.Health.IsUsable));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_PasswordIsWrong_Is503_AndNothingSecretIsTold(bool isSocks)
    {
        const string Wrong = "wrong-password-of-the-test";
        using var proxy = isSocks ? SmallProxy.Socks5(asksForUser: true) : SmallProxy.Http(asksForUser: true);
        await using var gateway = await StartAsync(proxy.UrlWith(Wrong));

        using var answer = await SendAsync(gateway);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("PROXIES", body, StringComparison.Ordinal);
        Assert.All(gateway.Pool.Kinds, kind => Assert.Equal(CallOutcomeKind.NotSent, kind));
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("refuses the user or the password", StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Logs.Lines.Append(body), line => line.Contains(Wrong, StringComparison.Ordinal) || line.Contains(SmallProxy.User, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_ProxyWorksAgain_ServesAgain()
    {
        using var proxy = SmallProxy.Socks5();
        proxy.IsRefusing = true;
        await using var gateway = await StartAsync(proxy.Url);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CallAsync(gateway));
        var health = RoutesOf(gateway).Single().Health;
        Assert.Equal((false, 1), (health.IsUsable, health.Read().Failures));

        proxy.IsRefusing = false;
        await RoutesOf(gateway).Single().ConnectAsync(gateway.Upstream.BaseUrl.Host, gateway.Upstream.BaseUrl.Port, isTrusted: true, CancellationToken.None);

        Assert.True(health.IsUsable);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));
    }

    [Fact]
    public async Task Change_OfTheSetting_HoldsFromTheNextCall()
    {
        using var proxy = SmallProxy.Http();
        await using var gateway = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));
        Assert.Empty(proxy.Targets);

        gateway.Settings.Change(settings => settings with { Egress = Egress(proxy.Url) });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));
        Assert.Single(proxy.Targets);
    }

    [Fact]
    public async Task Media_LeaveByTheProxy_AndAHostThatIsNotThereIsNotItsFault()
    {
        using var proxy = SmallProxy.Http();
        await using var gateway = await StartAsync(proxy.Url);
        await using var files = await ScriptedUpstream.StartAsync();
        files.Always(200, "hello", "text/plain");
        var egress = gateway.Services.GetRequiredService<IEgress>();
        using var fetcher = new RemoteMediaFetcher(new RemoteMediaOptions { IsAllowed = _ => true, Connect = egress.ConnectAsync }, TimeProvider.System);

        var content = await fetcher.FetchAsync(new Uri(files.BaseUrl, "/a.txt"), "messages[0]", CancellationToken.None);
        Assert.Equal("hello", Encoding.UTF8.GetString(Convert.FromBase64String(content.Base64)));
        Assert.Equal([files.BaseUrl.Authority], proxy.Targets);

        proxy.IsRefusing = true;
        await Assert.ThrowsAnyAsync<Exception>(() => fetcher.FetchAsync(new Uri($"http://127.0.0.1:{ClosedPort()}/"), "messages[0]", CancellationToken.None));
        Assert.True(RoutesOf(gateway).Single().Health.IsUsable);
    }

    [Fact]
    public async Task CallOfOlderSettings_LeavesTheRoutesInForceAlone()
    {
        await using var gateway = await StartAsync("http://127.0.0.1:1");
        var before = gateway.Settings.Current;
        Assert.Single(RoutesOf(gateway));
        gateway.Settings.Change(settings => settings with { Egress = Egress("http://127.0.0.1:2") });
        var route = RoutesOf(gateway).Single();

        Assert.NotNull(gateway.Services.GetRequiredService<IEgress>().ClientFor(before, "key"));

        Assert.Same(route, RoutesOf(gateway).Single());
    }

    [Fact]
    public async Task BaseUrl_WithAPathOfItsOwn_AndCustomHeaders_Arrive()
    {
        using var proxy = SmallProxy.Http();
        await using var gateway = await StartAsync(proxy.Url);
        gateway.Settings.Change(settings => settings with
        {
            BaseUrl = new Uri(gateway.Upstream.BaseUrl, "/team/one/v1beta"),
            CustomHeaders = new Dictionary<string, string> { ["X-Team"] = "one" },
        });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway));

        var call = gateway.Upstream.Calls.Single();
        Assert.Equal(("/team/one/v1beta/models/gemini-2.5-flash:generateContent", "one"), (call.Target, call.Headers["X-Team"]));
    }

    private static EgressSettings Egress(params string[] proxies) => new() { Proxies = [.. proxies.Select(text => ProxyAddress.TryParse(text)!)] };

    private static IReadOnlyList<ProxyRoute> RoutesOf(GatewayUnderTest gateway) => gateway.Services.GetRequiredService<EgressRoutes>().Routes;

    private static Task<GatewayUnderTest> StartAsync(params string[] proxies) => StartAsync(keys: null, proxies);

    private static async Task<GatewayUnderTest> StartAsync(string[]? keys, string[] proxies)
    {
        var gateway = await GatewayUnderTest.StartAsync(keys: keys);
        gateway.Upstream.Always(200, Answers.Ok);
        gateway.Settings.Change(settings => settings with { Egress = Egress(proxies) });
        return gateway;
    }

    private static async Task<HttpStatusCode> CallAsync(GatewayUnderTest gateway)
    {
        using var answer = await SendAsync(gateway);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway) =>
        gateway.Client.PostAsync(Path, new StringContent(Body, Encoding.UTF8, "application/json"));

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
