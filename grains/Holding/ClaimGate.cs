using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>Takes claims and gives them back, for many keys at once.</summary>
internal sealed class ClaimGate
{
    private readonly IClaimStore store;
    private readonly HoldingOptions options;
    private readonly HolderPulse pulse;
    private readonly HolderClock clock;
    private readonly HoldingMeter meter;
    private readonly Batcher<KeyId, ClaimedLedger> claims;
    private readonly Batcher<HeldLedger, bool> closes;

    public ClaimGate(
        IClaimStore store, HoldingOptions options, HolderPulse pulse, HolderClock clock, HoldingMeter meter, TimeProvider time)
    {
        (this.store, this.options, this.pulse, this.clock, this.meter) = (store, options, pulse, clock, meter);
        claims = new Batcher<KeyId, ClaimedLedger>(ClaimAsync, options.KeysMax, options.GatherFor, options.AnswerWithin, time);
        closes = new Batcher<HeldLedger, bool>(CloseAsync, options.KeysMax, options.GatherFor, options.AnswerWithin, time);
    }

    /// <exception cref="LedgerUnavailableException">The store is known to be out of reach.</exception>
    public Task<ClaimedLedger> ClaimAsync(KeyId key)
    {
        ThrowIfOutOfReach();
        return claims.AddAsync(key);
    }

    /// <returns>False when the claim was lost already.</returns>
    /// <exception cref="LedgerUnavailableException">The store is known to be out of reach.</exception>
    public Task<bool> CloseAsync(HeldLedger ledger)
    {
        ThrowIfOutOfReach();
        return closes.AddAsync(ledger);
    }

    private void ThrowIfOutOfReach()
    {
        if (pulse.IsDegraded(clock.Read().Now))
        {
            throw new LedgerUnavailableException("The database has been out of reach for a while.");
        }
    }

    private async ValueTask<IReadOnlyList<ClaimedLedger>> ClaimAsync(IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
    {
        var claimed = (await store.ClaimAsync(options.Holder, keys, cancellationToken)).ToDictionary(ledger => ledger.Key);
        var takenOver = claimed.Values.Count(ledger => ledger.WasOpen);
        meter.Claimed(claimed.Count, takenOver);
        return [.. keys.Select(key => claimed[key])];
    }

    private async ValueTask<IReadOnlyList<bool>> CloseAsync(IReadOnlyList<HeldLedger> ledgers, CancellationToken cancellationToken)
    {
        var lost = (await store.CloseAsync(options.Holder, ledgers, cancellationToken)).ToHashSet();
        meter.Closed(ledgers.Count - lost.Count, lost.Count);
        return [.. ledgers.Select(ledger => !lost.Contains(ledger.Key))];
    }
}
