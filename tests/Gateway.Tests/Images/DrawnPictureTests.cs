using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>Pictures that were answered as addresses come back to models that draw.</summary>
public sealed class DrawnPictureTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1];

    [Fact]
    public async Task OwnPicture_IsSeenAgainThoughItsAddressIsOfThisNetwork()
    {
        using var folder = new TemporaryFolder();
        await using var all = await HostsUnderTest.StartAsync((images, _) => images with { Host = ImageHostKind.Local, LocalFolder = folder.Path });
        var url = (string)(await all.GenerateAsync())["url"]!;

        var parts = await AskAgainAsync(all, $"Look: ![image]({url}) Fine?");

        Assert.Equal(["Look: ", null, " Fine?"], parts.Select(part => (string?)part!["text"]));
        Assert.Equal(("image/png", "QUJD"), ((string?)parts[1]!["inlineData"]!["mimeType"], (string?)parts[1]!["inlineData"]!["data"]));
    }

    [Fact]
    public async Task PictureOfAHost_IsFetched()
    {
        await using var source = await ScriptedUpstream.StartAsync();
        source.Answer = async (context, _) => await context.Response.Body.WriteAsync(Png);
        await using var gateway = await GatewayUnderTest.StartAsync(
            services: services => services.AddSingleton(new RemoteMediaOptions { IsAllowed = IPAddress.IsLoopback }));
        gateway.Upstream.Always(200, Answers.Ok);

        var parts = await AskAgainAsync(gateway, $"![image]({source.BaseUrl}/1.png)");

        Assert.Equal(Convert.ToBase64String(Png), (string?)Assert.Single(parts)!["inlineData"]!["data"]);
    }

    [Theory]
    [InlineData("gemini-3.1-flash-image", "![image](http://127.0.0.1/generated/none.png)")]
    [InlineData("gemini-3.1-flash-image", "[no picture](https://example.test/1.png)")]
    [InlineData("gemini-3.6-flash", "![image](https://example.test/1.png)")]
    public async Task WhatCannotBeHad_OrIsNotForModelsThatDraw_StaysText(string model, string text)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Answers.Ok);

        Assert.Equal(text, (string?)Assert.Single(await AskAgainAsync(gateway, text, model))!["text"]);
    }

    private static Task<JsonArray> AskAgainAsync(HostsUnderTest all, string earlier) => AskAgainAsync(all.Gateway, earlier);

    private static async Task<JsonArray> AskAgainAsync(GatewayUnderTest gateway, string earlier, string model = "gemini-3.1-flash-image")
    {
        var json = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"a cat"},{"role":"assistant","content":"{{earlier}}"},{"role":"user","content":"with a hat"}]}""";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(gateway.Upstream.Calls[^1].Body)!["contents"]![1]!["parts"]!.AsArray();
    }
}
