namespace GeminiBalance.KeyPool;

/// <summary>What came of offering a turn to a waiting item.</summary>
internal enum ServeResult
{
    /// <summary>It is done and leaves the queue.</summary>
    Served = 1,

    /// <summary>It cannot go now, but another may.</summary>
    Skipped = 2,

    /// <summary>Nobody can go now.</summary>
    Stop = 3,
}
