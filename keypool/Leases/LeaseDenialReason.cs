namespace GeminiBalance.KeyPool;

/// <summary>Why the pool gave no key.</summary>
public enum LeaseDenialReason
{
    /// <summary>The pool holds no key at all, or none that is enabled.</summary>
    NoKeys = 1,

    /// <summary>Every key that could serve the model has failed this call already.</summary>
    AllTried = 2,

    /// <summary>No enabled key offers this model.</summary>
    ModelNotAvailable = 3,

    /// <summary>Every key's quota per minute is spent, or the key is cooling down.</summary>
    RateLimited = 4,

    /// <summary>Every key's quota for the Pacific day is spent.</summary>
    DayExhausted = 5,

    /// <summary>The waiting queue is full.</summary>
    QueueFull = 6,

    /// <summary>The key that owns the named resource is gone or disabled.</summary>
    PinnedKeyUnavailable = 7,

    /// <summary>The upstream refuses many little-used keys at once: the address or the network is limited, not the keys.</summary>
    EgressLimited = 8,

    /// <summary>The store could not be reached for so long that another process may hold the keys; or the pool is starting or stopping.</summary>
    StoreUnavailable = 9,

    /// <summary>No key of the pool is of the kind and has the tags that the call needs.</summary>
    NoMatchingKey = 10,
}
