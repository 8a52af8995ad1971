namespace GeminiBalance.KeyPool;

/// <summary>What was wrong with an answer that had a status of success, or with the way to it. Decides nothing about keys, and is not stored.</summary>
public enum CallFault
{
    /// <summary>It says nothing.</summary>
    Empty = 1,

    /// <summary>It gives no reason why it ends.</summary>
    Unfinished = 2,

    /// <summary>It broke off.</summary>
    Cut = 3,

    /// <summary>It is not what it should be.</summary>
    Malformed = 4,

    /// <summary>It is larger than its bound.</summary>
    TooLarge = 5,

    /// <summary>Something that was asked for is missing.</summary>
    Incomplete = 6,

    /// <summary>It is an error that names no status.</summary>
    Error = 7,

    /// <summary>No answer: there is no way out.</summary>
    NoProxy = 8,

    /// <summary>A Live session's setup was refused by a close frame.</summary>
    SetupRefused = 9,

    /// <summary>It says nothing, because the model tried to call a function in words that the upstream could not read.</summary>
    MalformedCall = 10,
}
