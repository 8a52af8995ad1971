using System.Net;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Hosts;

/// <summary>The real gateway on a free port, with a scripted upstream and a pool that records.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    public const string Token = "client-token-of-the-test";

    private readonly WebApplication app;

    private GatewayUnderTest(WebApplication app, ScriptedUpstream upstream, RecordingKeyPool pool, TestSettings settings, LogSink logs)
    {
        this.app = app;
        Upstream = upstream;
        Pool = pool;
        Settings = settings;
        Logs = logs;
        Client = NewClient();
    }

    public ScriptedUpstream Upstream { get; }

    public RecordingKeyPool Pool { get; }

    public TestSettings Settings { get; }

    public LogSink Logs { get; }

    /// <summary>A client that sends the right token as <c>x-goog-api-key</c>.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public IEnumerable<RouteEndpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public Uri Address => new(app.Urls.Single());

    public static async Task<GatewayUnderTest> StartAsync(
        TimeProvider? time = null, string[]? keys = null, Action<IServiceCollection>? services = null)
    {
        var clock = time ?? TimeProvider.System;
        var upstream = await ScriptedUpstream.StartAsync();
        var pool = new RecordingKeyPool(clock, keys ?? ["AIzaTestKeyNumberOne-000000000000000001", "AQ.TestKeyNumberTwo-0000000000000000002", "TestKeyNumberThree-3"]);
        var settings = new TestSettings(new GatewaySettings { BaseUrl = upstream.BaseUrl });
        var logs = new LogSink();
        var built = GatewayApplication.Build([], builder =>
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddSingleton<IKeyPool>(pool);
            builder.Services.AddSingleton<ISettingsSource>(settings);
            builder.Services.AddSingleton<IClientTokens>(new TestTokens());
            builder.Services.AddSingleton<IResourceStore>(new MemoryResourceStore());
            builder.Services.AddSingleton(new Ffmpeg(program: null, clock));
            builder.Services.AddSingleton(clock);
            services?.Invoke(builder.Services);
        });
        await built.StartAsync();
        return new GatewayUnderTest(built, upstream, pool, settings, logs);
    }

    /// <summary>A client with its own connections, so that disposing it closes them.</summary>
    public HttpClient NewClient(string? token = Token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Add("x-goog-api-key", token);
        }

        return client;
    }

    /// <summary>Asks the application to stop, as a signal would.</summary>
    public void BeginStop() => app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
