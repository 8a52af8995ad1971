namespace GeminiBalance.KeyPool;

/// <summary>
/// Where the ledgers of a cluster rest, each under a claim: nobody grants from a ledger whose claim he has not written there.
/// All calls take many keys at once, so that holders of many keys gather their writes.
/// </summary>
public interface IClaimStore
{
    /// <summary>Takes the claims of some keys, whoever holds them, and starts a new term for each. A key the store does not know gets an empty ledger.</summary>
    /// <param name="holder">The process that claims; never the same for two runs of one.</param>
    /// <param name="keys">Distinct.</param>
    /// <param name="cancellationToken">Gives up; the claims may have been taken all the same.</param>
    ValueTask<IReadOnlyList<ClaimedLedger>> ClaimAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken);

    /// <summary>As <see cref="ClaimAsync"/>, but leaves every key whose claim was not given back as it is, and out of the answer.</summary>
    ValueTask<IReadOnlyList<ClaimedLedger>> ClaimFreeAsync(string holder, IReadOnlyList<KeyId> keys, CancellationToken cancellationToken);

    /// <summary>Writes ledgers whose claim is still held in the same term; the others stay as they are.</summary>
    /// <returns>The keys whose claim is lost.</returns>
    ValueTask<IReadOnlyList<KeyId>> SaveAsync(string holder, IReadOnlyList<HeldLedger> changed, CancellationToken cancellationToken);

    /// <summary>As <see cref="SaveAsync"/>, and gives the claims back: the windows written are exact.</summary>
    ValueTask<IReadOnlyList<KeyId>> CloseAsync(string holder, IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken);

    /// <summary>
    /// The claims that others took from this holder without it giving them back. An answer also proves that the store can be reached. Whoever takes a claim
    /// is told when its holder asked last (<see cref="ClaimedLedger.SinceHeard"/>): a claim that is being taken is in this answer, or this asking is not counted.
    /// </summary>
    ValueTask<IReadOnlyList<LostClaim>> ListLostAsync(string holder, CancellationToken cancellationToken);
}
