namespace GeminiBalance.KeyPool;

/// <summary>What a gateway asks of one key's ledger.</summary>
/// <param name="Model">The upstream model.</param>
/// <param name="Limits">The configured limits of this key and model, as the asking gateway knows them.</param>
/// <param name="Tokens">The input tokens of each call that could be sent at once, in the order in which they are to be served. None: only settles, and asks how the key stands.</param>
/// <param name="IsProbe">Whether to grant although the key is out of use; quotas still hold.</param>
/// <param name="Settlements">How earlier calls with this key ended.</param>
public sealed record LedgerAsk(string Model, KeyLimits Limits, IReadOnlyList<long> Tokens, bool IsProbe, IReadOnlyList<LedgerSettlement> Settlements)
{
    /// <summary>
    /// Asked of a key's own ledger: the project whose ledger grants, while this one says whether the key may be used, and counts. Null when this one grants.
    /// </summary>
    public KeyId? Project { get; init; }

    /// <summary><see cref="RosterKey.Version"/> of the row that says so. A ledger that knows of a newer one grants nothing to who does not.</summary>
    public long RosterVersion { get; init; }
}
