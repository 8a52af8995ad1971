namespace GeminiBalance.KeyPool;

/// <summary>Where the pool of one process keeps its keys and ledgers. One process at a time holds the claim.</summary>
public interface IKeyLedgerStore
{
    /// <summary>Reads all keys and ledgers, and writes a claim of this process that is valid until <paramref name="validUntil"/>.</summary>
    /// <returns>What was stored, with the claim that was found open: its holder did not stop cleanly.</returns>
    ValueTask<StoredPool> OpenAsync(DateTimeOffset validUntil, CancellationToken cancellationToken);

    /// <summary>Writes the changed ledgers and renews the claim, in one transaction.</summary>
    ValueTask SaveAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>As <see cref="SaveAsync"/>, and closes the claim: the windows written are exact.</summary>
    ValueTask CloseAsync(PoolCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>Adds keys, or replaces what people decided about them.</summary>
    /// <returns>The same keys, each with the ledger that the store still holds of an earlier time in the pool.</returns>
    ValueTask<IReadOnlyList<StoredKey>> AddKeysAsync(IReadOnlyCollection<StoredKey> keys, CancellationToken cancellationToken);

    ValueTask RemoveKeyAsync(KeyId id, CancellationToken cancellationToken);
}
