using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Images.Hosts;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>A gateway whose upstream draws, and a host of pictures that answers as a test says.</summary>
internal sealed class HostsUnderTest : IAsyncDisposable
{
    public const string Picture = "QUJD";
    private const string Drawn = """{"candidates":[{"content":{"parts":[{"text":"Look: "},{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"finishReason":"STOP"}]}""";

    private HostsUnderTest(GatewayUnderTest gateway, ScriptedUpstream host, ManualTimeProvider time)
    {
        Gateway = gateway;
        Host = host;
        Time = time;
    }

    public GatewayUnderTest Gateway { get; }

    /// <summary>Whatever the settings say: every upload comes here.</summary>
    public ScriptedUpstream Host { get; }

    public ManualTimeProvider Time { get; }

    public static async Task<HostsUnderTest> StartAsync(Func<ImageSettings, Uri, ImageSettings> images, string answer = "{}")
    {
        var host = await ScriptedUpstream.StartAsync();
        var origin = new Uri(host.BaseUrl, "/");
        var time = new ManualTimeProvider();
        var gateway = await GatewayUnderTest.StartAsync(time, services: services =>
            services.AddHttpClient(PictureHostClient.Name).AddHttpMessageHandler(() => new Redirection(origin)));
        gateway.Settings.Change(settings => settings with { Images = images(settings.Images, origin) });
        gateway.Upstream.Always(200, Drawn);
        host.Always(200, answer);
        return new HostsUnderTest(gateway, host, time);
    }

    public async Task<JsonNode> GenerateAsync(string more = "")
    {
        using var content = new StringContent($$"""{"prompt":"a cat"{{more}}}""", Encoding.UTF8, "application/json");
        using var response = await Gateway.Client.PostAsync(new Uri("/v1/images/generations", UriKind.Relative), content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]![0]!;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Hosts with fixed addresses are reached here too; the address they believe in stays in the Host header.</summary>
    private sealed class Redirection(Uri origin) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = request.RequestUri!.Authority;
            request.RequestUri = new Uri(origin, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
