namespace GeminiBalance.KeyPool;

/// <summary>Ledgers changed since the last checkpoint, and how long the claim is to be valid.</summary>
public sealed record PoolCheckpoint(IReadOnlyList<KeyLedgerSnapshot> Changed, DateTimeOffset ClaimValidUntil);
