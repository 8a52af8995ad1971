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
    private readonly TimeProvider time;
    private readonly Batcher<KeyId, ClaimedLedger?> claims;
    private readonly Batcher<KeyId, ClaimedLedger> takeOvers;
    private readonly Batcher<HeldLedger, bool> closes;

    public ClaimGate(
        IClaimStore store, HoldingOptions options, HolderPulse pulse, HolderClock clock, HoldingMeter meter, TimeProvider time)
    {
        (this.store, this.options, this.pulse, this.clock, this.meter, this.time) = (store, options, pulse, clock, meter, time);
        claims = new Batcher<KeyId, ClaimedLedger?>(ClaimFreeAsync, options.KeysMax, options.GatherFor, options.AnswerWithin, time);
        takeOvers = new Batcher<KeyId, ClaimedLedger>(TakeOverAsync, options.KeysMax, options.GatherFor, options.AnswerWithin, time);
        closes = new Batcher<HeldLedger, bool>(CloseAsync, options.KeysMax, options.GatherFor, options.AnswerWithin, time);
    }

    /// <exception cref="LedgerUnavailableException">The store is known to be out of reach.</exception>
    public async Task<ClaimedLedger> ClaimAsync(KeyId key)
    {
        ThrowIfOutOfReach();
        if (await claims.AddAsync(key) is { } claimed)
        {
            return claimed;
        }

        // A holder that is just giving it back needs no hold after it, and loses no count.
        await Task.Delay(options.GivesBackWithin, time);
        if (pulse.IsLeaving)
        {
            throw new LedgerUnavailableException("This silo is about to leave, and takes nothing over.");
        }

        return await takeOvers.AddAsync(key);
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

    private async ValueTask<IReadOnlyList<ClaimedLedger?>> ClaimFreeAsync(IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
    {
        var claimed = (await store.ClaimFreeAsync(options.Holder, keys, cancellationToken)).ToDictionary(ledger => ledger.Key);
        meter.Claimed(claimed.Count, takenOver: 0);
        return [.. keys.Select(claimed.GetValueOrDefault)];
    }

    private async ValueTask<IReadOnlyList<ClaimedLedger>> TakeOverAsync(IReadOnlyList<KeyId> keys, CancellationToken cancellationToken)
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
