using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace GeminiBalance.Cluster.Tests.Telemetry;

/// <summary>An OpenTelemetry collector that keeps what it is sent, as text: names and values are readable in the binary form.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> received = [];
    private readonly WebApplication app;

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.GetOrAdd(context.Request.Path, _ => []).Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
    }

    public string Address => app.Urls.Single();

    public string Metrics => Text("/v1/metrics");

    public string Traces => Text("/v1/traces");

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private string Text(string path) => string.Join('\n', received.GetValueOrDefault(path) ?? []);
}
