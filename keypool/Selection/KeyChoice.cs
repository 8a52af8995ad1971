namespace GeminiBalance.KeyPool;

/// <summary>The key chosen for a call, or why there is none.</summary>
internal readonly record struct KeyChoice
{
    public LocalKey? Key { get; private init; }

    public GrantDecision Decision { get; private init; }

    public LeaseDenialReason Reason { get; private init; }

    /// <summary>UTC ticks at which a token can be there at the earliest; null when no time can be told.</summary>
    public long? EarliestAt { get; private init; }

    /// <summary>Whether waiting can help.</summary>
    public bool CanWait { get; private init; }

    /// <summary>Whether the token comes when the store answers and not at a moment that is known.</summary>
    public bool AwaitsStore { get; private init; }

    /// <summary>Whether no other call for the model can be served now either, unless it is pinned.</summary>
    public bool BlocksAll { get; private init; }

    public static KeyChoice Chosen(LocalKey key, in GrantDecision decision) => new() { Key = key, Decision = decision };

    /// <summary>Waiting does not help.</summary>
    public static KeyChoice Never(LeaseDenialReason reason, long? earliestAt = null) => new() { Reason = reason, EarliestAt = earliestAt };

    public static KeyChoice Later(LeaseDenialReason reason, long earliestAt, bool blocksAll) =>
        new() { Reason = reason, EarliestAt = earliestAt, CanWait = true, BlocksAll = blocksAll };

    public static KeyChoice WhenStored(LeaseDenialReason reason, long? orAt, bool blocksAll) =>
        new() { Reason = reason, EarliestAt = orAt, CanWait = true, AwaitsStore = true, BlocksAll = blocksAll };
}
