using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Hosting;

/// <summary>The stand-alone gateway as it is delivered, on a free port and a data folder of the test's; only probes are scripted.</summary>
internal sealed class StandaloneGateway : IAsyncDisposable, IKeyProbe
{
    public const string AdminToken = "admin-token-of-the-test";
    public const string ClientToken = "client-token-of-the-test";
    private readonly WebApplication app;
    private readonly HttpClient client;

    private StandaloneGateway(string dataFolder, TimeProvider time, string[] settings)
    {
        string[] args = [$"--DATA_DIR={dataFolder}", "--PORT=0", $"--AUTH_TOKEN={AdminToken}", $"--ALLOWED_TOKENS={ClientToken}", .. settings];
        app = GatewayApplication.Build(args, builder =>
        {
            Standalone.AddTo(builder);
            builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddSingleton<IKeyProbe>(this);
            builder.Services.AddSingleton(time);
        });
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    }

    public LogSink Logs { get; } = new();

    public IServiceProvider Services => app.Services;

    /// <summary>How probes end, by key; those not named here succeed.</summary>
    public ConcurrentDictionary<KeyId, CallOutcome> ProbeOutcomes { get; } = [];

    public ConcurrentQueue<KeyId> Probed { get; } = [];

    public static Task<StandaloneGateway> StartAsync(string dataFolder, params string[] settings) => StartAsync(dataFolder, TimeProvider.System, settings);

    public static async Task<StandaloneGateway> StartAsync(string dataFolder, TimeProvider time, params string[] settings)
    {
        var gateway = new StandaloneGateway(dataFolder, time, settings);
        await gateway.app.OpenStorage().StartAsync();
        return gateway;
    }

    public ValueTask<CallOutcome> ProbeAsync(KeyLease lease, CancellationToken cancellationToken)
    {
        Probed.Enqueue(lease.Key.Id);
        return ValueTask.FromResult(ProbeOutcomes.GetValueOrDefault(lease.Key.Id, new CallOutcome(CallOutcomeKind.Succeeded)));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string method, string path, string? token = AdminToken, HttpContent? content = null)
    {
        using var response = await SendRawAsync(method, path, token, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("application/json", response.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<(HttpStatusCode Status, string? Code)> ErrorAsync(string method, string path, string? token, HttpContent? content = null)
    {
        var (status, body) = await SendAsync(method, path, token, content);
        return (status, body.GetProperty("error").GetProperty("code").GetString());
    }

    /// <summary>For answers without a body.</summary>
    public async Task<HttpStatusCode> SendForStatusAsync(string method, string path, HttpContent? content)
    {
        using var response = await SendRawAsync(method, path, AdminToken, content);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        return response.StatusCode;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json) =>
        SendAsync("POST", path, content: new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> SendRawAsync(string method, string path, string? token, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(new Uri(app.Urls.Single()), path)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        // So that a refused body is not sent, and the answer not lost with the connection.
        request.Headers.ExpectContinue = content is not null;
        return await client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
