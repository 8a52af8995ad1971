namespace GeminiBalance.KeyPool;

/// <summary>A change of the ledger that grants for a key.</summary>
/// <param name="Project">The project whose ledger grants from now on; null for the key's own.</param>
/// <param name="Version"><see cref="RosterKey.Version"/> of the row that says so.</param>
public readonly record struct LedgerMove(KeyId? Project, long Version);
