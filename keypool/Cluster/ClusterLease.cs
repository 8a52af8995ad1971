namespace GeminiBalance.KeyPool;

/// <summary>A lease with what its settlement must say to the ledger that granted it.</summary>
/// <param name="From">The key.</param>
/// <param name="Model">The model it was granted for.</param>
/// <param name="AskedAt">The earliest moment at which it can have been granted, on this gateway's wall clock.</param>
/// <param name="SendBefore">After this moment the call must not be sent.</param>
/// <param name="Grant">The token.</param>
internal sealed record ClusterLease(ClusterKey From, string Model, DateTimeOffset AskedAt, DateTimeOffset SendBefore, LedgerGrant Grant)
    : KeyLease(From.Key, Model, AskedAt, SendBefore, Grant.ChargedTokens)
{
    /// <summary><see cref="AskedAt"/> on the steady clock of the pool.</summary>
    public required DateTimeOffset AskedAtSteady { get; init; }

    /// <summary>The holder's term.</summary>
    public required long Term { get; init; }

    /// <summary>The project whose ledger granted it; null for the key's own.</summary>
    public required KeyId? Project { get; init; }

    /// <summary>Whether the key was hardly used at the grant.</summary>
    public required bool IsLittleUsed { get; init; }

    /// <summary>Whether it tries a key that may be out of use.</summary>
    public required bool IsProbe { get; init; }
}
