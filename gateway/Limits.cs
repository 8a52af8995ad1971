namespace GeminiBalance.Gateway;

/// <summary>Every bound of the gateway that is not a setting, with its unit.</summary>
internal static class Limits
{
    /// <summary>The largest client request body. Google takes inline payloads of 100 MB.</summary>
    public const int RequestBodyBytesMax = 100 * 1024 * 1024;

    /// <summary>The largest translated body: what the client sent, what was fetched for it, and the growth of both as base64 and escapes.</summary>
    public const int UpstreamBodyBytesMax = 512 * 1024 * 1024;

    /// <summary>The largest upstream answer that is read as a whole (OpenAI face, models, embeddings).</summary>
    public const int AnswerBytesMax = 128 * 1024 * 1024;

    /// <summary>The largest upstream error body that is read for classification.</summary>
    public const int ErrorBodyBytesMax = 256 * 1024;

    /// <summary>The largest single server-sent event; a picture comes as one line.</summary>
    public const int SseEventBytesMax = 64 * 1024 * 1024;

    /// <summary>The first piece of memory taken for a body of unknown or large size.</summary>
    public const int BodyChunkBytes = 64 * 1024;

    /// <summary>The first piece of memory taken for the events of a stream.</summary>
    public const int StreamChunkBytes = 16 * 1024;

    /// <summary>The longest model name, in characters. Quotas are kept per name, so names must not be free text.</summary>
    public const int ModelNameCharsMax = 128;

    /// <summary>Leases in a row that may expire before their call could be sent, as happens while connections are slow to open.</summary>
    public const int ExpiredLeasesMax = 64;

    /// <summary>The wait before the second attempt after a fault of the upstream; it doubles with each attempt.</summary>
    public static readonly TimeSpan RetryBackOff = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan RetryBackOffMax = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for a connection to the upstream.</summary>
    public static readonly TimeSpan UpstreamConnectTimeOut = TimeSpan.FromSeconds(10);

    /// <summary>How long a pooled connection serves, so that a change of the upstream's addresses is noticed.</summary>
    public static readonly TimeSpan UpstreamConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long an unused connection stays open. Shorter than what Google and common proxies keep.</summary>
    public static readonly TimeSpan UpstreamConnectionIdleTime = TimeSpan.FromSeconds(90);

    /// <summary>How long the upstream's list of models is taken as current.</summary>
    public static readonly TimeSpan ModelListLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Pages of the model list that are kept, one per distinct query.</summary>
    public const int ModelListPagesMax = 32;

    /// <summary>Pages of the upstream's model list that are read for one complete list.</summary>
    public const int ModelListPagesReadMax = 10;

    /// <summary>Levels of a JSON body.</summary>
    public const int JsonDepthMax = 128;

    /// <summary>The largest picture or file that is fetched from a URL.</summary>
    public const int RemoteMediaBytesMax = 20 * 1024 * 1024;

    /// <summary>All pictures and files that one request names by URL, in bytes.</summary>
    public const int RemoteMediaBytesTotalMax = RequestBodyBytesMax;

    /// <summary>Pictures and files of one request that are fetched at a time.</summary>
    public const int RemoteMediaAtOnce = 4;

    /// <summary>The longest time for fetching one picture or file, redirects included.</summary>
    public static readonly TimeSpan RemoteMediaTimeOut = TimeSpan.FromSeconds(10);

    /// <summary>Redirects followed for one picture or file.</summary>
    public const int RemoteMediaRedirectsMax = 3;

    /// <summary>Thought signatures remembered for clients that drop them.</summary>
    public const int ThoughtSignatureCountMax = 50_000;

    /// <summary>Memory for remembered thought signatures, in characters of two bytes.</summary>
    public const int ThoughtSignatureCharsMax = 16 * 1024 * 1024;

    /// <summary>The largest body of the admin API: some 250,000 keys.</summary>
    public const int AdminBodyBytesMax = 16 * 1024 * 1024;

    /// <summary>Keys that one answer about added keys names; all are counted.</summary>
    public const int AdminListedKeysMax = 100;
}
