using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>All settings of one moment. A request reads one snapshot from start to end. <see cref="SettingTable"/> says how each is written.</summary>
public record GatewaySettings
{
    public IReadOnlyList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary>The keys of particular uses.</summary>
    public KeySettings Keys { get; init; } = new();

    /// <summary>What clients present. Empty: the admin token alone is accepted.</summary>
    public IReadOnlyList<Secret> AllowedTokens { get; init; } = [];

    /// <summary>The admin token; null: the one generated at the first start.</summary>
    public Secret? AuthToken { get; init; }

    /// <summary>The upstream's address up to and including the version, without a slash at the end.</summary>
    public Uri BaseUrl { get; init; } = new("https://generativelanguage.googleapis.com/v1beta");

    /// <summary>Consecutive failures by a key's own, not conclusive, fault after which it counts as rejected.</summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>Attempts for one call in total, the first included.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The longest silence of the upstream, and the longest wait for its first byte.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The longest wait in the queue for a token; zero answers at once.</summary>
    public TimeSpan QueueTimeOut { get; init; } = TimeSpan.FromSeconds(10);

    public KeyLimitTable Limits { get; init; } = KeyLimitTable.Unlimited;

    /// <summary>Safety settings of calls that bring none of their own; null: <see cref="SafetySetting.Usual"/> for translated chats, and none for other calls.</summary>
    public IReadOnlyList<SafetySetting>? SafetySettings { get; init; }

    /// <summary>Models that are neither listed nor served.</summary>
    public IReadOnlySet<string> FilteredModels { get; init; } = new HashSet<string>
    {
        "gemini-1.0-pro-vision-latest", "gemini-pro-vision", "chat-bison-001", "text-bison-001", "embedding-gecko-001",
    };

    /// <summary>The model of probes.</summary>
    public string TestModel { get; init; } = "gemini-2.5-flash-lite";

    /// <summary>How often rejected keys are probed; zero switches it off.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How calls leave this host.</summary>
    public EgressSettings Egress { get; init; } = new();

    /// <summary>Headers added to every upstream call.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Silence of the model after which an OpenAI stream gets a comment, so that proxies keep the connection; zero: never.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether thoughts are asked for and passed on as <c>reasoning_content</c>.</summary>
    public bool ShowThinkingProcess { get; init; } = true;

    public SpeechSettings Speech { get; init; } = new();

    public ModelSettings Models { get; init; } = new();

    public AnthropicSettings Anthropic { get; init; } = new();

    /// <summary>Where the database, the lock and the generated encryption key are; relative to the working directory.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>The database's file name inside <see cref="DataDirectory"/>.</summary>
    public string DatabaseFile { get; init; } = "gateway.db";

    /// <summary>What keys are encrypted with at rest; null: a key generated beside the database.</summary>
    public Secret? EncryptionKey { get; init; }

    /// <summary>Whether keys stay in use while the database cannot be written. Then a crash can forget what was granted meanwhile.</summary>
    public bool GrantWithoutDatabase { get; init; }

    /// <summary>The address to listen on: an IP address, or <c>localhost</c>, or <c>*</c> for every address.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 8000;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether the error log keeps the beginning of failed requests, redacted.</summary>
    public bool RecordsRequestBodies { get; init; }

    /// <summary>Whether old rows of the error log are deleted.</summary>
    public bool DeletesErrorLogs { get; init; } = true;

    /// <summary>How old rows of the error log get, when they are deleted.</summary>
    public TimeSpan ErrorLogAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether old rows of the request log are deleted.</summary>
    public bool DeletesRequestLogs { get; init; }

    /// <summary>How old rows of the request log get, when they are deleted.</summary>
    public TimeSpan RequestLogAge { get; init; } = TimeSpan.FromDays(30);

    public PathSettings Paths { get; init; } = new();

    public ImageSettings Images { get; init; } = new();
    public LiveSettings Live { get; init; } = new();

    public ResponseSettings Responses { get; init; } = new();

    public VertexSettings Vertex { get; init; } = new();

    public StreamSettings Streams { get; init; } = new();

    /// <summary>How files, caches and jobs are kept.</summary>
    public ResourceSettings Resources { get; init; } = new();
}
