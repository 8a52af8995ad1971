namespace GeminiBalance.KeyPool;

/// <summary>A ledger that was just claimed.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Term">The number of this claim; each claim of a key has a higher one than the claim before.</param>
/// <param name="Ledger">Null when nothing was ever stored.</param>
/// <param name="WasOpen">Whether the last holder had not given its claim back: it crashed, or runs on somewhere and does not know yet.</param>
/// <param name="SinceClosed">After a clean end: the time since then on the store's clock, never more than has really passed.</param>
public sealed record ClaimedLedger(KeyId Key, long Term, KeyLedgerSnapshot? Ledger, bool WasOpen, TimeSpan SinceClosed)
{
    /// <summary>
    /// After any other end: the time, on the store's clock and never more than has really passed, since the last holder claimed the ledger or was last
    /// told which claims it lost. Zero when that is not known.
    /// </summary>
    public TimeSpan SinceHeard { get; init; }
}
