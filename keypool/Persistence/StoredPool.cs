namespace GeminiBalance.KeyPool;

/// <summary>What a store held when it was opened.</summary>
/// <param name="Keys">All keys.</param>
/// <param name="OpenClaimUntil">Null after a clean stop. Else the last holder may have granted, unrecorded, until this moment.</param>
public sealed record StoredPool(IReadOnlyList<StoredKey> Keys, DateTimeOffset? OpenClaimUntil)
{
    /// <summary>The ledgers of projects, see <see cref="ProjectId"/>.</summary>
    public IReadOnlyList<KeyLedgerSnapshot> Projects { get; init; } = [];
}
