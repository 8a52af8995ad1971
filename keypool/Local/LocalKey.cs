namespace GeminiBalance.KeyPool;

/// <summary>A key whose ledger this process holds.</summary>
internal sealed class LocalKey(ApiKey key, KeyProfile profile, KeyLedger ledger) : PoolKey(key, profile)
{
    public KeyLedger Ledger { get; } = ledger;

    /// <summary>Whether it waits for a checkpoint.</summary>
    public bool IsDirty { get; set; }
}
