namespace GeminiBalance.KeyPool;

/// <summary>How a call ended, on its way to the ledger that granted it.</summary>
/// <param name="Model">The model it was granted for.</param>
/// <param name="Term">The holder's term at the grant. A later holder keeps what it spent as it stands.</param>
/// <param name="Stamp"><see cref="LedgerGrant.Stamp"/>.</param>
/// <param name="ChargedTokens">Input tokens charged.</param>
/// <param name="Outcome">How it ended. <see cref="CallOutcome.SentAt"/> is on the gateway's clock and does not travel: <paramref name="SentAfter"/> does.</param>
/// <param name="SentAfter">The longest time that can lie between the grant and the sending; null when it is not known.</param>
public sealed record LedgerSettlement(string Model, long Term, long Stamp, long ChargedTokens, CallOutcome Outcome, TimeSpan? SentAfter);
