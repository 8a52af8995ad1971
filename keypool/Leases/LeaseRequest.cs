namespace GeminiBalance.KeyPool;

/// <summary>What a call asks of the pool.</summary>
public sealed record LeaseRequest
{
    /// <summary>The upstream model without the <c>models/</c> prefix; quotas are per key and model.</summary>
    public required string Model { get; init; }

    /// <summary>Input tokens the call is thought to cost; charged now, corrected by <see cref="CallOutcome.PromptTokens"/>.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>The longest wait in the queue for a token. Zero: answer at once.</summary>
    public TimeSpan MaxWait { get; init; }

    /// <summary>What a key must have to serve the call. A key that owns a named resource serves it even when it is reserved for others.</summary>
    public KeyRequirement Needs { get; init; } = KeyRequirement.None;

    /// <summary>Whose call it is. Waiting is fair between clients, and in order of arrival for one client.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Keys that have failed this call already.</summary>
    public IReadOnlyCollection<KeyId> Excluded { get; init; } = [];

    /// <summary>The only key that can serve the call, because it owns a resource the call names.</summary>
    public KeyId? Pinned { get; init; }

    /// <summary>A hash of the conversation's prefix. Calls of one conversation prefer one key, whose implicit cache holds the prefix.</summary>
    public ulong? Affinity { get; init; }

    /// <summary>Whether to prefer the conversation's key; else that is only remembered, for calls to come that gain by it.</summary>
    public bool PrefersKnownKey { get; init; } = true;
}
