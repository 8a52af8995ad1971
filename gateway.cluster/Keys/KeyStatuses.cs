using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Turns a ledger that is held elsewhere into what people see. Pure.</summary>
internal static class KeyStatuses
{
    /// <param name="key">The key.</param>
    /// <param name="ledger">Its ledger as stored; null when it was never used.</param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="now">The time.</param>
    public static KeyStatus Of(RosterKey key, KeyLedgerSnapshot? ledger, KeyLimitTable limits, DateTimeOffset now)
    {
        var copy = new KeyLedger(key.Key.Id, KeyLedgerOptions.Default, key.Profile.Weight);
        copy.Restore(ledger, openClaimUntil: null, now);
        return copy.StatusAt(key.Key.Masked, key.Profile, model => limits.Resolve(key.Key, model), now);
    }
}
