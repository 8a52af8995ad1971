using System.Net;
using System.Text;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>A real HTTP server that answers as a test says, byte for byte, and keeps what it was sent.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<ScriptedCall> calls = [];

    private ScriptedUpstream(WebApplication app) => this.app = app;

    /// <summary>Answers a call; the body has been read already.</summary>
    public Func<HttpContext, ScriptedCall, Task> Answer { get; set; } = (context, _) => context.Response.WriteAsync("{}");

    public Uri BaseUrl => new(app.Urls.Single() + "/v1beta");

    public IReadOnlyList<ScriptedCall> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public static async Task<ScriptedUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var built = builder.Build();
        var upstream = new ScriptedUpstream(built);
        built.UseWebSockets();
        built.Run(upstream.HandleAsync);
        await built.StartAsync();
        return upstream;
    }

    /// <summary>Answers every call with this text.</summary>
    public void Always(int status, string body, string contentType = "application/json; charset=UTF-8") =>
        Answer = (context, _) => WriteAsync(context, status, body, contentType);

    /// <summary>Answers the calls in turn; the last answer is given for ever.</summary>
    public void InTurn(params Func<HttpContext, Task>[] answers) =>
        Answer = (context, call) => answers[Math.Min(call.Number, answers.Length) - 1](context);

    public static Task WriteAsync(HttpContext context, int status, string body, string contentType = "application/json; charset=UTF-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        ScriptedCall call;
        lock (gate)
        {
            call = new ScriptedCall(calls.Count + 1, context.Request, body.ToArray());
            calls.Add(call);
        }

        await Answer(context, call);
    }
}
