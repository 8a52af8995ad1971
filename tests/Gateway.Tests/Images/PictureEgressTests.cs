using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>Uploads leave by the way that all calls take.</summary>
public sealed class PictureEgressTests
{
    [Theory]
    [InlineData(null, "https://own.test/1.png")]
    [InlineData("127.0.0.1", null)]
    public async Task Upload_TakesTheWayOfItsHost_AndCostsTheAddressWhereThereIsNone(string? closed, string? url)
    {
        await using var host = await ScriptedUpstream.StartAsync();
        host.Always(200, """{"result":["https://own.test/1.png"]}""");
        using var egress = new RecordingEgress { Closed = closed };
        await using var gateway = await GatewayUnderTest.StartAsync(services: services => services.AddSingleton<IEgress>(egress));
        gateway.Upstream.Always(200, """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"finishReason":"STOP"}]}""");
        gateway.Settings.Change(settings => settings with
        {
            Images = settings.Images with { Host = ImageHostKind.PicGo, PicGoKey = new Secret("k"), PicGoUrl = new Uri(host.BaseUrl, "/upload") },
        });
        using var content = new StringContent("""{"prompt":"a cat"}""", Encoding.UTF8, "application/json");

        using var response = await gateway.Client.PostAsync(new Uri("/v1/images/generations", UriKind.Relative), content);

        Assert.Equal(url, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]![0]!["url"]);
        Assert.Contains("127.0.0.1", egress.Owners);
        Assert.Equal(url is null ? 0 : 1, host.Calls.Count);
    }
}
