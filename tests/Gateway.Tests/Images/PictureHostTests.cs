using System.Text;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;
using Microsoft.AspNetCore.WebUtilities;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>What each host is sent, what its answer means, and what becomes of pictures it does not take.</summary>
public sealed class PictureHostTests
{
    [Theory]
    [InlineData("""{"success":true,"code":"success","data":{"url":"https://s2.loli.net/1.png"}}""")]
    [InlineData("""{"success":false,"code":"image_repeated","images":"https://s2.loli.net/1.png"}""")]
    public async Task SmMs_GetsTheFileAndTheToken(string answer)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.SmMs, SmMsToken = new Secret("token-of-smms") });
        all.Host.Always(200, answer);

        Assert.Equal("https://s2.loli.net/1.png", (string?)(await all.GenerateAsync())["url"]);

        var call = Assert.Single(all.Host.Calls);
        Assert.Equal(("POST", "/api/v2/upload", "sm.ms", "Basic token-of-smms"), (call.Method, call.Target, call.Headers["Host"], call.Headers["Authorization"]));
        await AssertFileAsync(call, "smfile");
    }

    [Fact]
    public async Task PicGo_ItsOwnSite_TakesTheKeyInAHeader()
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.PicGo, PicGoKey = new Secret("picgo-key") });
        all.Host.Always(200, """{"status_code":200,"image":{"url":"https://img.picgo.net/1.png"}}""");

        Assert.Equal("https://img.picgo.net/1.png", (string?)(await all.GenerateAsync())["url"]);

        var call = Assert.Single(all.Host.Calls);
        Assert.Equal(("/api/1/upload", "www.picgo.net", "picgo-key"), (call.Target, call.Headers["Host"], call.Headers["X-API-Key"]));
        await AssertFileAsync(call, "source");
    }

    [Fact]
    public async Task PicGo_AnotherServer_TakesTheKeyInTheQueryAndItIsLoggedNowhere()
    {
        await using var all = await HostsUnderTest.StartAsync((images, origin) => images with
        {
            Host = ImageHostKind.PicGo, PicGoKey = new Secret("picgo-key/1"), PicGoUrl = new Uri(origin, "/upload"),
        });
        all.Host.Always(200, """{"success":true,"result":["https://own.test/1.png"]}""");

        Assert.Equal("https://own.test/1.png", (string?)(await all.GenerateAsync())["url"]);

        Assert.Equal("/upload?key=picgo-key%2F1", Assert.Single(all.Host.Calls).Target);
        Assert.DoesNotContain(all.Gateway.Logs.Lines, line => line.Contains("picgo-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/file/1.png", "https://bed.test/file/1.png")]
    [InlineData("https://cdn.test/1.png", "https://cdn.test/1.png")]
    public async Task CloudflareImgbed_AnswersPathsOfItsSite(string source, string url)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with
        {
            Host = ImageHostKind.CloudflareImgbed, ImgbedUrl = new Uri("https://bed.test/upload"), ImgbedAuthCode = new Secret("code&1"), ImgbedFolder = "img/test",
        });
        all.Host.Always(200, $$"""[{"src":"{{source}}"}]""");

        Assert.Equal(url, (string?)(await all.GenerateAsync())["url"]);

        var call = Assert.Single(all.Host.Calls);
        Assert.Equal("/upload?uploadNameType=origin&authCode=code%261&uploadFolder=img%2Ftest", call.Target);
        await AssertFileAsync(call, "file");
    }

    [Fact]
    public async Task Names_CannotBeGuessed()
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.SmMs, SmMsToken = new Secret("t") });
        all.Host.Always(200, """{"data":{"url":"https://s2.loli.net/1.png"}}""");
        await all.GenerateAsync();
        await all.GenerateAsync();

        var names = await Task.WhenAll(all.Host.Calls.Select(async call => (await FileAsync(call)).GetContentDispositionHeader()!.FileName.Value!.Trim('"')));
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9]{24}\\.png$", name));
        Assert.NotEqual(names[0], names[1]);
    }

    [Theory]
    [InlineData(500, "{}", "status 500")]
    [InlineData(200, "<html>", "not JSON")]
    [InlineData(200, """{"success":false,"message":"t-o-k-e-n is wrong"}""", "names no address")]
    [InlineData(200, """{"data":{"url":"javascript:alert(1)"}}""", "names no address")]
    public async Task FailedUpload_CostsTheAddressOnly(int status, string answer, string reason)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.SmMs, SmMsToken = new Secret("t-o-k-e-n") });
        all.Host.Always(status, answer);

        Assert.Equal(HostsUnderTest.Picture, (string?)(await all.GenerateAsync())["b64_json"]);
        Assert.Equal("data:image/png;base64,QUJD", (string?)(await all.GenerateAsync(",\"response_format\":\"url\""))["url"]);

        Assert.Equal(2, all.Gateway.Upstream.Calls.Count);
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.Succeeded], all.Gateway.Pool.Kinds);
        Assert.Contains(all.Gateway.Logs.Lines, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(all.Gateway.Logs.Lines, line => line.Contains("t-o-k-e-n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SilentHost_IsGivenUpInTime()
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.SmMs, SmMsToken = new Secret("t") });
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        all.Host.Answer = async (context, _) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };

        var answer = all.GenerateAsync();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        all.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(HostsUnderTest.Picture, (string?)(await answer)["b64_json"]);
    }

    [Fact]
    public async Task ClientThatWantsBase64_CausesNoUpload()
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.SmMs, SmMsToken = new Secret("t") });

        Assert.NotNull((await all.GenerateAsync(",\"response_format\":\"b64_json\""))["b64_json"]);
        Assert.Empty(all.Host.Calls);
    }

    [Theory]
    [InlineData(ImageHostKind.None)]
    [InlineData(ImageHostKind.SmMs)]
    [InlineData(ImageHostKind.PicGo)]
    [InlineData(ImageHostKind.CloudflareImgbed)]
    [InlineData(ImageHostKind.AliyunOss)]
    [InlineData(ImageHostKind.S3)]
    public async Task HostWithoutItsSettings_IsNone(ImageHostKind kind)
    {
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = kind });

        Assert.NotNull((await all.GenerateAsync())["b64_json"]);
        Assert.Empty(all.Host.Calls);
    }

    private static async Task AssertFileAsync(ScriptedCall call, string field)
    {
        var file = await FileAsync(call);
        using var reader = new StreamReader(file.Body, Encoding.ASCII);
        Assert.Equal((field, "image/png", "ABC"), (file.GetContentDispositionHeader()!.Name.Value!.Trim('"'), file.ContentType, await reader.ReadToEndAsync()));
    }

    private static async Task<MultipartSection> FileAsync(ScriptedCall call)
    {
        var boundary = call.Headers["Content-Type"].Split("boundary=")[1];
        return (await new MultipartReader(boundary, new MemoryStream(call.Body)).ReadNextSectionAsync())!;
    }
}
