namespace GeminiBalance.KeyPool;

/// <summary>A ledger on its way to the store, with the term of the claim it is written under.</summary>
public sealed record HeldLedger(KeyId Key, long Term, KeyLedgerSnapshot Ledger);
