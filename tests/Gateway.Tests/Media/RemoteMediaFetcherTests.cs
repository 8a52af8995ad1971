using System.Net;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Protocol;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Media;

public sealed class RemoteMediaFetcherTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    [Fact]
    public async Task Fetch_Picture_ComesWithItsTrueType()
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Answer = (context, _) => WriteAsync(context, Png, "text/plain");
        using var fetcher = Fetcher();

        var media = await fetcher.FetchAsync(UrlOf(host, "/a.png?x=1"), "messages[0].content", CancellationToken.None);

        Assert.Equal("image/png", media.MimeType);
        Assert.Equal(Convert.ToBase64String(Png), media.Base64);
        var call = Assert.Single(host.Calls);
        Assert.Equal("/a.png?x=1", call.Target);
        Assert.DoesNotContain(call.Headers.Keys, name => name.Contains("auth", StringComparison.OrdinalIgnoreCase) || name.Contains("key", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Fetch_UnknownBytes_KeepTheDeclaredType()
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Answer = (context, _) => WriteAsync(context, [1, 2, 3], "audio/mpeg; x=1");
        using var fetcher = Fetcher();

        var media = await fetcher.FetchAsync(UrlOf(host, "/"), "messages[0].content", CancellationToken.None);

        Assert.Equal("audio/mpeg", media.MimeType);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("ftp://8.8.8.8/x")]
    [InlineData("file:///etc/passwd")]
    public async Task Fetch_OwnNetworkOrOtherScheme_IsRefused(string url)
    {
        using var fetcher = new RemoteMediaFetcher(new RemoteMediaOptions(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<TranslationException>(() => fetcher.FetchAsync(new Uri(url), "messages[3].content", CancellationToken.None));

        Assert.Equal("messages[3].content", refused.Param);
        Assert.Contains("messages[3].content", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NameWithOnePrivateAddressAmongPublicOnes_IsRefused()
    {
        using var fetcher = new RemoteMediaFetcher(
            new RemoteMediaOptions { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("192.168.0.1")]) },
            TimeProvider.System);

        var refused = await Assert.ThrowsAsync<TranslationException>(() => fetcher.FetchAsync(new Uri("http://rebind.example/"), "messages[0].content", CancellationToken.None));

        Assert.Contains("public internet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_RedirectIntoTheOwnNetwork_IsRefused()
    {
        await using var secret = await ScriptedUpstream.StartAsync();
        await using var host = await ScriptedUpstream.StartAsync();
        host.Answer = (context, _) => RedirectAsync(context, $"http://secret.example:{secret.BaseUrl.Port}/");
        using var fetcher = new RemoteMediaFetcher(
            new RemoteMediaOptions
            {
                Resolve = (name, _) => Task.FromResult<IPAddress[]>([name == "host.example" ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")]),
                IsAllowed = address => address.Equals(IPAddress.Loopback),
            },
            TimeProvider.System);

        await Assert.ThrowsAsync<TranslationException>(
            () => fetcher.FetchAsync(new Uri($"http://host.example:{host.BaseUrl.Port}/"), "messages[0].content", CancellationToken.None));

        Assert.Single(host.Calls);
        Assert.Empty(secret.Calls);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Fetch_Redirects_AreFollowedThreeTimes(int redirects, bool isServed)
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Answer = (context, call) => call.Number <= redirects ? RedirectAsync(context, $"/hop{call.Number}") : WriteAsync(context, Png, "image/png");
        using var fetcher = Fetcher();

        var fetch = () => fetcher.FetchAsync(UrlOf(host, "/"), "messages[0].content", CancellationToken.None);

        if (isServed)
        {
            Assert.Equal("image/png", (await fetch()).MimeType);
        }
        else
        {
            await Assert.ThrowsAsync<TranslationException>(fetch);
        }
    }

    [Theory]
    [InlineData(100, true, true)]
    [InlineData(101, true, false)]
    [InlineData(100, false, true)]
    [InlineData(101, false, false)]
    public async Task Fetch_Size_IsBoundedToTheByte(int bytes, bool isAnnounced, bool isServed)
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Answer = async (context, _) =>
        {
            context.Response.ContentLength = isAnnounced ? bytes : null;
            await context.Response.Body.WriteAsync(new byte[bytes]);
        };
        using var fetcher = Fetcher(new RemoteMediaOptions { BytesMax = 100, IsAllowed = _ => true });

        var fetch = () => fetcher.FetchAsync(UrlOf(host, "/"), "messages[0].content", CancellationToken.None);

        if (isServed)
        {
            Assert.Equal(Convert.ToBase64String(new byte[bytes]), (await fetch()).Base64);
        }
        else
        {
            await Assert.ThrowsAsync<TranslationException>(fetch);
        }
    }

    [Fact]
    public async Task Fetch_SlowHost_EndsAtTheTimeLimit()
    {
        var time = new ManualTimeProvider();
        await using var host = await ScriptedUpstream.StartAsync();
        var arrived = new TaskCompletionSource();
        host.Answer = (context, _) =>
        {
            arrived.SetResult();
            var aborted = new TaskCompletionSource();
            context.RequestAborted.Register(() => aborted.SetResult());
            return aborted.Task;
        };
        using var fetcher = new RemoteMediaFetcher(new RemoteMediaOptions { IsAllowed = _ => true }, time);

        var fetching = fetcher.FetchAsync(UrlOf(host, "/"), "messages[0].content", CancellationToken.None);
        await arrived.Task;
        time.Advance(Limits.RemoteMediaTimeOut);

        var refused = await Assert.ThrowsAsync<TranslationException>(() => fetching);
        Assert.Contains("10 s", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_HostSaysNo_TellsTheStatusAndNotItsWords()
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Always(403, "internal secrets");
        using var fetcher = Fetcher();

        var refused = await Assert.ThrowsAsync<TranslationException>(() => fetcher.FetchAsync(UrlOf(host, "/"), "messages[0].content", CancellationToken.None));

        Assert.Equal("The URL in messages[0].content cannot be fetched: its host answers with status 403.", refused.Message);
    }

    private static RemoteMediaFetcher Fetcher(RemoteMediaOptions? options = null) =>
        new(options ?? new RemoteMediaOptions { IsAllowed = _ => true }, TimeProvider.System);

    private static Uri UrlOf(ScriptedUpstream host, string path) => new($"http://127.0.0.1:{host.BaseUrl.Port}{path}");

    private static async Task WriteAsync(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(bytes);
    }

    private static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.Redirect(location);
        return Task.CompletedTask;
    }
}
