using System.Net;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>An upstream that tells when the first bytes of a body have come, or more, and keeps none of them.</summary>
internal sealed class GateUpstream : IAsyncDisposable
{
    private readonly WebApplication app;

    private GateUpstream(WebApplication app) => this.app = app;

    public Uri BaseUrl => new(app.Urls.Single() + "/v1beta");

    public long BytesReceived { get; private set; }

    public static async Task<GateUpstream> StartAsync(TaskCompletionSource arrived, int bytes = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var built = builder.Build();
        var upstream = new GateUpstream(built);
        built.Run(async context =>
        {
            var buffer = new byte[64 * 1024];
            while (await context.Request.Body.ReadAsync(buffer) is > 0 and var count)
            {
                upstream.BytesReceived += count;
                if (upstream.BytesReceived >= bytes)
                {
                    arrived.TrySetResult();
                }
            }

            await context.Response.WriteAsync("{}");
        });
        await built.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
