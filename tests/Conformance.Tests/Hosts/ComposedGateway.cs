using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using GeminiBalance.FakeGemini;
using GeminiBalance.Gateway;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.KeyPool;
using OpenAI;

namespace GeminiBalance.Conformance.Tests.Hosts;

/// <summary>The stand-alone gateway as it is delivered, in front of a fake upstream. Settings, storage, pool and sockets are the real ones.</summary>
internal sealed class ComposedGateway : IAsyncDisposable
{
    public const string ClientToken = "sk-client-token-of-this-suite";
    public const string AdminToken = "sk-admin-token-of-this-suite";
    private const string EncryptionKey = "the passphrase that encrypts this suite's keys";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-conformance-");
    private readonly WebApplication app;

    private ComposedGateway(FakeGeminiServer upstream, string[] settings)
    {
        Upstream = upstream;
        string[] args =
        [
            $"--DATA_DIR={folder.FullName}", "--PORT=0", "--CHECK_INTERVAL_HOURS=0", $"--AUTH_TOKEN={AdminToken}", $"--ALLOWED_TOKENS={ClientToken}",
            $"--ENCRYPTION_KEY={EncryptionKey}", "--ERROR_LOG_RECORD_REQUEST_BODY=true", $"--BASE_URL={upstream.BaseUrl}", $"--API_KEYS={string.Join(',', upstream.Options.Keys)}", .. settings,
        ];
        app = GatewayApplication.Build(args, builder =>
        {
            Standalone.AddTo(builder);

            // A rule of a provider wins over general ones: this is an operator who turned everything on.
            builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Trace).AddFilter<LogSink>(category: null, LogLevel.Trace);
        });
        foreach (var key in upstream.Options.Keys)
        {
            Watch.Add("API key", key);
        }

        Watch.Add("client token", ClientToken);
        Watch.Add("admin token", AdminToken);
        Watch.Add("encryption key", EncryptionKey);
        Client = NewClient();
    }

    public FakeGeminiServer Upstream { get; }

    public LogSink Logs { get; } = new();

    public SecretWatch Watch { get; } = new();

    public Uri Address => new(app.Urls.Single());

    /// <summary>Sends no credential by itself.</summary>
    public HttpClient Client { get; }

    /// <summary>What was left on the disk after the stop, logs included.</summary>
    public string Stored { get; private set; } = "";

    public IKeyDirectory Keys => app.Services.GetRequiredService<IKeyDirectory>();

    /// <param name="upstream">The fake's options; without limits when null.</param>
    /// <param name="settings">Command line of the gateway, such as <c>--DEFAULT_RPM=5</c>; wins over this suite's.</param>
    public static async Task<ComposedGateway> StartAsync(FakeGeminiOptions? upstream = null, params string[] settings)
    {
        var fake = await FakeGeminiServer.StartAsync(upstream ?? new FakeGeminiOptions { Limits = default, RecordedRequestsMax = 20_000 });
        var gateway = new ComposedGateway(fake, settings);
        await gateway.app.OpenStorage().StartAsync();
        gateway.Client.BaseAddress = gateway.Address;
        return gateway;
    }

    /// <summary>A client whose answers are watched for secrets.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ResponseDrainTimeout = TimeSpan.Zero,
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new TeeStream(context.PlaintextStream, Watch.NewConnection())),
    });

    /// <summary>The SDK as users have it, but for retries, which would hide the first answer.</summary>
    public OpenAIClient NewSdk(string token = ClientToken) => new(new ApiKeyCredential(token), new OpenAIClientOptions
    {
        Endpoint = new Uri(Address, "v1"),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        Transport = new HttpClientPipelineTransport(Client),
    });

    /// <summary>Nothing secret in logs and answers, nothing of the client's at the upstream.</summary>
    public void AssertSecretsKept()
    {
        Assert.Empty(Logs.Lines.SelectMany(Watch.FindIn));
        Assert.Empty(Watch.FindInAnswers());
        foreach (var request in Upstream.Requests)
        {
            var text = $"{request.Target}\n{string.Join('\n', request.Headers)}\n{request.BodyText}";
            Assert.DoesNotContain(ClientToken, text, StringComparison.Ordinal);
            Assert.DoesNotContain(AdminToken, text, StringComparison.Ordinal);
            Assert.All(Upstream.Options.Keys, key => Assert.DoesNotContain(key, request.Target, StringComparison.Ordinal));
        }
    }

    /// <summary>No key has lost anything by what has been asked so far.</summary>
    public async Task AssertNoKeyIsBlamedAsync(string context)
    {
        foreach (var key in await Keys.ListAsync(CancellationToken.None))
        {
            Assert.True(
                key is { State: KeyState.Active, Failures: 0, Failed: 0, EffectiveWeight: 1 },
                $"{context}: {key.Id} is {key.State} ({key.Reason}), {key.Failures} failures, weight {key.EffectiveWeight}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Upstream.DisposeAsync();
        Stored = string.Concat(folder.GetFiles().Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName))));
        folder.Delete(recursive: true);
        Assert.Empty(Watch.FindIn(Stored));
    }
}
