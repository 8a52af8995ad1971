using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Turns a ledger that is held elsewhere into what people see. Pure.</summary>
internal static class KeyStatuses
{
    /// <param name="key">The key.</param>
    /// <param name="ledger">Its ledger as stored; null when it was never used.</param>
    /// <param name="project">That of its project; null when that is not known, or was never used.</param>
    /// <param name="limits">The limits in force.</param>
    /// <param name="now">The time.</param>
    public static KeyStatus Of(RosterKey key, KeyLedgerSnapshot? ledger, KeyLedgerSnapshot? project, KeyLimitTable limits, DateTimeOffset now)
    {
        if (ProjectId.Of(key.Profile) is not { } id)
        {
            return Read(key.Key.Id, ledger, model => limits.Resolve(key.Key, model));
        }

        return Read(key.Key.Id, ledger, _ => default).InProject(Read(id, project, model => limits.Resolve(key.Key, model)));

        KeyStatus Read(KeyId name, KeyLedgerSnapshot? stored, Func<string, KeyLimits> configured)
        {
            var copy = new KeyLedger(name, KeyLedgerOptions.Cluster, key.Profile.Weight);
            copy.Restore(stored, openClaimUntil: null, now);
            return copy.StatusAt(key.Key.Masked, key.Profile, configured, now);
        }
    }
}
