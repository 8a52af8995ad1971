using System.Net;
using GeminiBalance.Replay.Tests.Recordings;
using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>A real HTTP server in Google's place: it answers with what was recorded, and keeps what it is sent.</summary>
internal sealed class RecordedUpstream : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Queue<UpstreamRequest> received = [];
    private (int Status, RecordedBody Body) answer;

    private RecordedUpstream(WebApplication app) => this.app = app;

    public Uri BaseUrl => new(app.Urls.Single() + "/v1beta");

    public static async Task<RecordedUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var built = builder.Build();
        var upstream = new RecordedUpstream(built);
        built.Run(upstream.HandleAsync);
        await built.StartAsync();
        return upstream;
    }

    /// <summary>From now on every call gets this answer. What came before is forgotten.</summary>
    public void Play(int status, RecordedBody body)
    {
        lock (received)
        {
            answer = (status, body);
            received.Clear();
        }
    }

    /// <summary>What was received since the last <see cref="Play"/>.</summary>
    public IReadOnlyList<UpstreamRequest> Received
    {
        get
        {
            lock (received)
            {
                return [.. received];
            }
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        (int Status, RecordedBody Body) now;
        lock (received)
        {
            received.Enqueue(new UpstreamRequest(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()));
            now = answer;
        }

        context.Response.StatusCode = now.Status;
        context.Response.ContentType = now.Body.ContentType;
        foreach (var (name, value) in now.Body.UploadHeaders)
        {
            context.Response.Headers[name] = value.Replace("https://generativelanguage.googleapis.com", app.Urls.Single(), StringComparison.Ordinal);
        }

        await context.Response.Body.WriteAsync(now.Body.Bytes);
    }
}
