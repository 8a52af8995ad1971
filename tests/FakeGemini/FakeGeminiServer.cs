using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GeminiBalance.FakeGemini;

/// <summary>A running fake upstream on the loopback address.</summary>
public sealed class FakeGeminiServer : IAsyncDisposable
{
    private const long RequestBodyBytesMax = 100L * 1024 * 1024;
    private const int WriteBufferBytes = 2;
    private static readonly string[] Versions = ["/v1beta/", "/v1/", "/v1alpha/"];
    private readonly CancellationTokenSource stopping = new();
    private readonly WebApplication app;
    private readonly CallHandler handler;
    private readonly LiveEndpoint live;
    private readonly ControlEndpoints control;
    private readonly RequestLog log;

    private FakeGeminiServer(FakeGeminiOptions options, TimeProvider time)
    {
        Options = options;
        Stats = new FakeStats(time);
        log = new RequestLog(options);
        var ids = new AnswerIds(options.Seed);
        var quotas = new QuotaBook(options, Stats, time);
        var resources = new FakeResources(ids, time);
        var catalog = new ModelCatalog(options.ExtraModels);
        var interactions = new FakeInteractions(options, Stats, quotas, ids, resources, catalog, time);
        handler = new CallHandler(options, Stats, Knobs, quotas, log, ids, resources, interactions, catalog, time, stopping.Token);
        live = new LiveEndpoint(options, Stats, Knobs, quotas, log, ids, resources, time, stopping.Token);
        control = new ControlEndpoints(Stats, quotas, Knobs, log, ids, resources, interactions, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodyBytesMax;
            kestrel.Listen(options.ListensEverywhere ? IPAddress.Any : IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        if (options.Enforcement != Enforcement.Off)
        {
            // A cut must not lose what was written before it: with room for a single byte, a flush ends when the socket has taken everything.
            builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = WriteBufferBytes);
        }

        app = builder.Build();
        app.UseWebSockets();
        app.Run(HandleAsync);
    }

    public FakeGeminiOptions Options { get; }

    /// <summary>Scheme, host and port.</summary>
    public Uri Origin { get; private set; } = new("http://127.0.0.1");

    /// <summary>What a gateway takes as <c>BASE_URL</c>: the origin and <c>/v1beta</c>.</summary>
    public string BaseUrl => $"{Origin.GetLeftPart(UriPartial.Authority)}/v1beta";

    public FakeStats Stats { get; }

    public FakeKnobs Knobs { get; } = new();

    /// <summary>The latest requests under the API's paths, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => log.Snapshot();

    public static async Task<FakeGeminiServer> StartAsync(FakeGeminiOptions? options = null, TimeProvider? time = null)
    {
        var server = new FakeGeminiServer(options ?? new FakeGeminiOptions(), time ?? TimeProvider.System);
        await server.app.StartAsync();
        server.Origin = new Uri(server.app.Urls.First());
        return server;
    }

    /// <summary>Forgets statistics, windows, knobs and recorded requests.</summary>
    public void Reset() => control.Reset();

    /// <summary>Runs until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        foreach (var version in Versions)
        {
            if (path.StartsWith("/download" + version, StringComparison.Ordinal))
            {
                return CountedAsync(context, call => handler.AnswerAsync(call, path[("/download" + version).Length..]));
            }

            if (path.StartsWith("/upload" + version, StringComparison.Ordinal))
            {
                return CountedAsync(context, call => handler.AnswerAsync(call, "upload/" + path[("/upload" + version).Length..]));
            }

            if (path.StartsWith(version, StringComparison.Ordinal))
            {
                return CountedAsync(context, call => handler.AnswerAsync(call, path[version.Length..]));
            }
        }

        return path == "/" ? context.Response.WriteAsync(Help.Text, context.RequestAborted)
            : path.StartsWith("/__", StringComparison.Ordinal) ? control.AnswerAsync(context)
            : LiveEndpoint.Serves(path) ? CountedAsync(context, live.AnswerAsync)
            : CountedAsync(context, call => handler.AnswerAsync(call, ""));
    }

    private async Task CountedAsync(HttpContext context, Func<FakeCall, Task> answer)
    {
        var call = new FakeCall(context);
        var isWhole = false;
        Stats.Arrived();
        try
        {
            await answer(call);
            isWhole = !call.WasCut && !call.Aborted.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Somebody hung up during a wait or a write; counted below.
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            // The body never arrived whole. Kestrel answers what can be answered.
        }
        finally
        {
            if (!isWhole && !call.WasCut && !stopping.IsCancellationRequested)
            {
                Stats.Aborted();
            }

            Stats.Ended(context.Response.StatusCode, isWhole);
        }
    }
}
