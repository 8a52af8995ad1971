using System.Net;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Storage;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>Pictures that the gateway keeps and serves itself.</summary>
public sealed class LocalPictureTests
{
    [Fact]
    public async Task Picture_IsServedToAnybodyWhoHasItsAddress()
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder);

        var url = new Uri((string)(await all.GenerateAsync())["url"]!);

        Assert.Matches("/generated/[A-Za-z0-9]{24}\\.png$", url.AbsoluteUri);
        Assert.Equal(all.Gateway.Address.Authority, url.Authority);
        using var stranger = all.Gateway.NewClient(token: null);
        using var response = await stranger.GetAsync(url);
        Assert.Equal((HttpStatusCode.OK, "image/png", "ABC"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, await response.Content.ReadAsStringAsync()));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        using var head = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal((HttpStatusCode.OK, 3L), (head.StatusCode, head.Content.Headers.ContentLength!.Value));
    }

    [Theory]
    [InlineData("/generated/abc.png")]
    [InlineData("/generated/..%2Fsecret.png")]
    [InlineData("/generated/%2Fetc%2Fpasswd")]
    [InlineData("/generated/secret.txt")]
    [InlineData("/generated/.png")]
    public async Task AnythingElse_Is404(string path)
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder);
        await all.GenerateAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "secret.png"), "s");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "images", "secret.txt"), "s");

        using var response = await all.Gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task ConfiguredAddress_StandsInAnswers()
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder, images => images with { LocalUrl = new Uri("https://gateway.test/base") });

        Assert.StartsWith("https://gateway.test/base/generated/", (string?)(await all.GenerateAsync())["url"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https", "ai.example.org", "https://ai.example.org/generated/")]
    [InlineData("HTTPS, http", "ai.example.org, inner", "https://ai.example.org/generated/")]
    [InlineData("ftp", "", "http://127.0.0.1:")]
    public async Task BehindAProxy_TheProxysAddressStandsInAnswers(string scheme, string host, string begins)
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder);
        all.Gateway.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        all.Gateway.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", host);

        Assert.StartsWith(begins, (string?)(await all.GenerateAsync())["url"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldPictures_AreNotServedAndThenDeleted()
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder);
        var old = new Uri((string)(await all.GenerateAsync())["url"]!);

        all.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        using var response = await all.Gateway.Client.GetAsync(old);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await all.GenerateAsync();
        Assert.Single(Files(folder));
    }

    [Fact]
    public async Task TooMany_TheOldestGo()
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder, images => images with { LocalCountMax = 2 });
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Add(((string)(await all.GenerateAsync())["url"]!).Split('/')[^1]);
            all.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(names.Skip(1).Order(StringComparer.Ordinal), Files(folder));
    }

    [Fact]
    public async Task TooLarge_TheOldestGoAndOneBeyondAllTravelsAsBase64()
    {
        using var folder = new TemporaryFolder();
        await using var all = await StartAsync(folder, images => images with { LocalBytesMax = 7 });
        for (var i = 0; i < 3; i++)
        {
            await all.GenerateAsync();
            all.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, Files(folder).Count());
        all.Gateway.Settings.Change(settings => settings with { Images = settings.Images with { LocalBytesMax = 2 } });
        Assert.NotNull((await all.GenerateAsync())["b64_json"]);
    }

    [Fact]
    public async Task FolderThatCannotBeWritten_CostsTheAddressOnly()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "images"), "a file stands where the folder should");
        await using var all = await StartAsync(folder);

        Assert.NotNull((await all.GenerateAsync())["b64_json"]);
    }

    private static IEnumerable<string> Files(TemporaryFolder folder) =>
        Directory.EnumerateFiles(Path.Combine(folder.Path, "images")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static Task<HostsUnderTest> StartAsync(TemporaryFolder folder, Func<ImageSettings, ImageSettings>? more = null) => HostsUnderTest.StartAsync((images, _) =>
    {
        var local = images with { Host = ImageHostKind.Local, LocalFolder = Path.Combine(folder.Path, "images") };
        return more?.Invoke(local) ?? local;
    });
}
