using System.Net;
using System.Net.WebSockets;
using GeminiBalance.Replay.Tests.Recordings;
using Microsoft.AspNetCore.Http.Features;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>A real HTTP server in Google's place: it answers with what was recorded, and keeps what it is sent.</summary>
internal sealed class RecordedUpstream : IAsyncDisposable
{
    private const string MediaPath = "/media.png";
    private readonly WebApplication app;
    private readonly Queue<UpstreamRequest> received = [];
    private Func<UpstreamRequest, (int Status, RecordedBody Body)> answer = _ => (500, new RecordedBody([], ""));

    private RecordedSession? live;
    private TaskCompletionSource<IReadOnlyList<byte[]>> ended = new();

    private RecordedUpstream(WebApplication app) => this.app = app;

    public Uri BaseUrl => new(app.Urls.Single() + "/v1beta");

    /// <summary>A picture, in place of those that recorded requests name.</summary>
    public Uri Media => new(app.Urls.Single() + MediaPath);

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
        built.UseWebSockets();
        built.Run(upstream.HandleAsync);
        await built.StartAsync();
        return upstream;
    }

    /// <summary>From now on every call gets this answer. What came before is forgotten.</summary>
    public void Play(int status, RecordedBody body) => Play(_ => (status, body));

    /// <summary>From now on calls get what Gemini could have answered.</summary>
    public void PlayValidAnswers() => Play(request => (200, ValidAnswers.To(request)));

    private void Play(Func<UpstreamRequest, (int Status, RecordedBody Body)> answers)
    {
        lock (received)
        {
            answer = answers;
            received.Clear();
        }
    }

    /// <summary>What was received since another answer was set.</summary>
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

    /// <summary>From now on a socket plays this session.</summary>
    public void Play(RecordedSession session)
    {
        lock (received)
        {
            live = session;
            ended = new TaskCompletionSource<IReadOnlyList<byte[]>>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What the client of the session said, once it has closed it.</summary>
    public Task<IReadOnlyList<byte[]>> SessionEnded => ended.Task;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == MediaPath)
        {
            context.Response.ContentType = "image/png";
            await context.Response.Body.WriteAsync(ValidAnswers.Media);
            return;
        }

        if (context.WebSockets.IsWebSocketRequest)
        {
            await PlaySessionAsync(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new UpstreamRequest(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        (int Status, RecordedBody Body) now;
        lock (received)
        {
            received.Enqueue(request);
            now = answer(request);
        }

        context.Response.StatusCode = now.Status;
        context.Response.ContentType = now.Body.ContentType;
        foreach (var (name, value) in now.Body.UploadHeaders)
        {
            context.Response.Headers[name] = value.Replace("https://generativelanguage.googleapis.com", app.Urls.Single(), StringComparison.Ordinal);
        }

        await context.Response.Body.WriteAsync(now.Body.Bytes);
    }

    private async Task PlaySessionAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var said = new List<byte[]>();
        foreach (var (isClients, bytes) in live!.ByServer)
        {
            if (!isClients)
            {
                await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
            }
            else if (await socket.ReceiveWholeAsync(context.RequestAborted) is { } message)
            {
                said.Add(message);
            }
        }

        while (await socket.ReceiveWholeAsync(context.RequestAborted) is { } more)
        {
            said.Add(more);
        }

        ended.TrySetResult(said);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
