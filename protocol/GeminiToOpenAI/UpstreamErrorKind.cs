namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What an upstream error means to the client, who knows nothing of the keys behind the service.</summary>
internal enum UpstreamErrorKind
{
    /// <summary>The request is at fault, and the upstream's message says how.</summary>
    InvalidRequest,
    ContextTooLong,
    RequestTooLarge,
    ModelNotFound,
    RateLimited,
    QuotaExhausted,

    /// <summary>One of the service's own keys was refused: the client's key must not look guilty.</summary>
    OwnKeyRefused,
    OwnKeyUnpaid,
    Cancelled,

    /// <summary>The upstream failed, with a status that says so.</summary>
    UpstreamFailed,

    /// <summary>The upstream answered with something that is no error status, such as a redirect.</summary>
    UpstreamConfused,
}
