namespace GeminiBalance.KeyPool;

/// <summary>A key as it is stored: the key itself (encrypted at rest), what people decided, and its ledger (JSON, see <see cref="KeyLedgerSnapshot"/>).</summary>
public sealed record StoredKey(ApiKey Key, KeyProfile Profile, KeyLedgerSnapshot? Ledger);
