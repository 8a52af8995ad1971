using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Replay.Tests.Recordings;
using GeminiBalance.TestKit;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>The stand-alone gateway as it is delivered, with its defaults, in front of the recorded upstream.</summary>
internal sealed class ReplayGateway : IAsyncDisposable
{
    public const string ClientToken = "sk-client-token-of-the-replay";
    /// <summary>Where Vertex AI in express mode has its models, below the upstream.</summary>
    public const string VertexFolder = "/v1beta1/publishers/google";
    public const string VertexKey = "AQ.ReplayedTrafficVertexKey-0000000000002";
    public const string ApiKey = "AIzaSyReplayedTrafficKey-00000000000001";

    // What was recorded later has not expired then.
    private static readonly DateTimeOffset Today = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-replay-");
    private readonly WebApplication app;

    private ReplayGateway(RecordedUpstream upstream, string[] settings)
    {
        Upstream = upstream;
        string[] args =
        [
            $"--DATA_DIR={folder.FullName}", "--PORT=0", "--CHECK_INTERVAL_HOURS=0", $"--ALLOWED_TOKENS={ClientToken}", "--ENCRYPTION_KEY=of the replay",
            $"--BASE_URL={upstream.BaseUrl}", $"--API_KEYS={ApiKey}",
            $"--VERTEX_API_KEYS={VertexKey}", $"--VERTEX_EXPRESS_BASE_URL={new Uri(upstream.BaseUrl, VertexFolder)}", .. settings,
        ];
        app = GatewayApplication.Build(args, builder =>
        {
            Standalone.AddTo(builder);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new Ffmpeg(program: null, TimeProvider.System));
            builder.Services.AddSingleton(new RemoteMediaOptions { IsAllowed = IPAddress.IsLoopback });
            builder.Services.AddSingleton<TimeProvider>(new SkewedClock(TimeProvider.System, Today - TimeProvider.System.GetUtcNow()));
        });
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(1) };
    }

    public RecordedUpstream Upstream { get; }

    /// <summary>Sends no credential by itself.</summary>
    public HttpClient Client { get; }

    public static async Task<ReplayGateway> StartAsync(params string[] settings)
    {
        var gateway = new ReplayGateway(await RecordedUpstream.StartAsync(), settings);
        await gateway.app.OpenStorage().StartAsync();
        gateway.Client.BaseAddress = new Uri(gateway.app.Urls.Single());
        return gateway;
    }

    /// <summary>Posts JSON as a client of OpenAI's API does; what is made in the background is asked for once it is made.</summary>
    public async Task<(int Status, string Body)> PostAsync(string path, JsonNode body)
    {
        using var content = new ByteArrayContent(JsonBytes.InOneLine(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var (status, text) = await SendAsync(HttpMethod.Post, path, content);
        if (status != 200 || body is not JsonObject asked || asked["background"] is not JsonValue background || !background.TryGetValue<bool>(out var isLater) || !isLater)
        {
            return (status, text);
        }

        await app.Services.GetRequiredService<BackgroundRuns>().Completion;
        return await SendAsync(HttpMethod.Get, $"{path}/{JsonNode.Parse(text)!["id"]}", content: null);
    }

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ClientToken);
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Upstream.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
