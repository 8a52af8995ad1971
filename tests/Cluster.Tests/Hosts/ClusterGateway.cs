using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeminiBalance.FakeGemini;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>A gateway of a cluster as it is delivered, in this process, on a free port.</summary>
internal sealed class ClusterGateway : IAsyncDisposable
{
    public const string AdminToken = "sk-admin-token-of-this-suite";
    public const string ClientToken = "sk-client-token-of-this-suite";
    public const string EncryptionKey = "the passphrase that encrypts this suite's keys";
    public const string Model = "gemini-2.5-flash";
    private readonly WebApplication app;
    private bool isStopped;

    private ClusterGateway(string connectionString, string clusterId, FakeGeminiServer? upstream, string[] settings)
    {
        string[] args =
        [
            $"--MYSQL_CONNECTION={connectionString}", $"--CLUSTER_ID={clusterId}", "--PORT=0", $"--AUTH_TOKEN={AdminToken}", $"--ALLOWED_TOKENS={ClientToken}",
            $"--ENCRYPTION_KEY={EncryptionKey}", $"--BASE_URL={upstream?.BaseUrl ?? "http://127.0.0.1:1"}", "--DRAIN_DELAY_SECONDS=0", "--DRAIN_SECONDS=20", .. settings,
        ];
        app = ClusterShape.Build(
            args, builder => builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Trace).AddFilter<LogSink>(category: null, LogLevel.Debug));
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    }

    public LogSink Logs { get; } = new();

    /// <summary>Sends no credential by itself.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public ClusterKeyPool Pool => Services.GetRequiredService<ClusterKeyPool>();

    public IKeyDirectory Directory => Services.GetRequiredService<IKeyDirectory>();

    /// <summary>Starts a gateway.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="clusterId">The cluster's name.</param>
    /// <param name="upstream">What it calls.</param>
    /// <param name="settings">Command line, such as <c>--DEFAULT_RPM=5</c>; wins over this suite's.</param>
    public static async Task<ClusterGateway> StartAsync(string connectionString, string clusterId, FakeGeminiServer? upstream, params string[] settings)
    {
        var gateway = new ClusterGateway(connectionString, clusterId, upstream, settings);
        try
        {
            await (await gateway.app.OpenAsync()).StartAsync();
            gateway.Client.BaseAddress = new Uri(gateway.app.Urls.Single());
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a call to the administration.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> AdminAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Asks for one chat completion in OpenAI's dialect.</summary>
    public Task<HttpResponseMessage> ChatAsync(bool isStream = false, string model = Model) => PostAsync(
        "/v1/chat/completions",
        $$"""{"model":"{{model}}","stream":{{(isStream ? "true" : "false")}},"messages":[{"role":"user","content":"Hello"}]}""");

    /// <summary>Asks for the same in Google's dialect.</summary>
    public Task<HttpResponseMessage> GenerateAsync() => PostAsync(
        $"/v1beta/models/{Model}:generateContent", """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""");

    public async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var body = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.GetProperty("status").GetString()!);
    }

    /// <summary>As SIGTERM does.</summary>
    public Task StopAsync()
    {
        isStopped = true;
        return app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!isStopped)
        {
            await app.StopAsync();
        }

        await app.DisposeAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ClientToken);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
