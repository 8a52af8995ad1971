namespace GeminiBalance.KeyPool;

/// <summary>What a gateway asks of one key's ledger.</summary>
/// <param name="Model">The upstream model.</param>
/// <param name="Limits">The configured limits of this key and model, as the asking gateway knows them.</param>
/// <param name="Tokens">The input tokens of each call that could be sent at once, in the order in which they are to be served. None: only settles, and asks how the key stands.</param>
/// <param name="IsProbe">Whether to grant although the key is out of use; quotas still hold.</param>
/// <param name="Settlements">How earlier calls with this key ended.</param>
public sealed record LedgerAsk(string Model, KeyLimits Limits, IReadOnlyList<long> Tokens, bool IsProbe, IReadOnlyList<LedgerSettlement> Settlements);
