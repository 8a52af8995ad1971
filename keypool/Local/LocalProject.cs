namespace GeminiBalance.KeyPool;

/// <summary>The keys of one Google project whose quotas the upstream counts together: one ledger for all of them.</summary>
internal sealed class LocalProject(KeyLedger ledger)
{
    public KeyLedger Ledger { get; } = ledger;

    public HashSet<LocalKey> Keys { get; } = [];
}
