namespace GeminiBalance.KeyPool;

/// <summary>How a call ended and, by that, who is at fault. Closed: every call ends in exactly one. Stored as numbers: never renumber.</summary>
public enum CallOutcomeKind
{
    /// <summary>The upstream answered.</summary>
    Succeeded = 1,

    /// <summary>The call never left: its tokens are given back.</summary>
    NotSent = 2,

    /// <summary>400, 404 of a resource, 413: the request is at fault. No key is blamed, never retried.</summary>
    RequestRejected = 3,

    /// <summary>The key is not accepted (invalid, expired, wrong kind, restricted). Another key may serve the call.</summary>
    KeyRejected = 4,

    /// <summary>The key's project is suspended, reported as leaked or out of money: out of use until a person acts.</summary>
    KeySuspended = 5,

    /// <summary>429 for the minute: the key cools down for this model.</summary>
    KeyRateLimited = 6,

    /// <summary>429 for the day: the key is done for this model until midnight Pacific.</summary>
    KeyDayExhausted = 7,

    /// <summary>404 or a quota of zero: this key does not offer this model.</summary>
    ModelNotAvailable = 8,

    /// <summary>503 or 500: the upstream is at fault. No key is blamed; another attempt may pass.</summary>
    UpstreamUnavailable = 9,

    /// <summary>No answer in time.</summary>
    UpstreamTimedOut = 10,

    /// <summary>The answer broke off, or said nothing.</summary>
    UpstreamBroken = 11,

    /// <summary>The address this process calls from is refused (location, or many little-used keys at once).</summary>
    EgressRefused = 12,

    /// <summary>The client went away.</summary>
    ClientLeft = 13,
}
