namespace GeminiBalance.KeyPool;

/// <summary>One token granted by a ledger.</summary>
/// <param name="Stamp">The moment of the grant on the holder's clock, in UTC ticks. It means nothing elsewhere, and goes back with the settlement.</param>
/// <param name="ChargedTokens">Input tokens charged.</param>
public readonly record struct LedgerGrant(long Stamp, long ChargedTokens);
