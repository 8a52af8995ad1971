namespace GeminiBalance.KeyPool;

/// <summary>A call that waits for a key, or for the answer of a ledger that was asked for it.</summary>
/// <param name="request">The call.</param>
/// <param name="queue">Its model's.</param>
/// <param name="now">When it came.</param>
/// <param name="patience">How long it may be asked for, whatever it is ready to wait for a token.</param>
/// <param name="answersWithin">How long it waits for asks that are out for others, whatever it is ready to wait for a token.</param>
internal sealed class ClusterWaiter(LeaseRequest request, ClusterQueue queue, DateTimeOffset now, TimeSpan patience, TimeSpan answersWithin)
    : LeaseWaiter(request, queue, (now + Longer(request.MaxWait, answersWithin)).UtcTicks)
{
    private List<(int Slot, long Until)>? refusals;

    /// <summary>It does not wait for tokens that come later.</summary>
    public long TokenDeadline { get; } = (now + request.MaxWait).UtcTicks;

    /// <summary>Until then ledgers are asked for it.</summary>
    public long AskUntil { get; } = (now + Longer(request.MaxWait, patience)).UtcTicks;

    /// <summary>The ask that is out for it.</summary>
    public AskInFlight? Ask { get; set; }

    /// <summary>What came of the last ask for it.</summary>
    public KeyDenialReason LastDenial { get; set; }

    /// <summary>A key has no token for a call of this size before a moment.</summary>
    public void Refuse(int slot, long until)
    {
        refusals ??= [];
        refusals.RemoveAll(refusal => refusal.Slot == slot);
        refusals.Add((slot, until));
    }

    /// <summary>How many keys have no token for a call of this size.</summary>
    public int CountRefusals(long now)
    {
        Forget(now);
        return refusals?.Count ?? 0;
    }

    /// <summary>When the first of them has one; never when there is none.</summary>
    public long FirstRefusalEnd(long now)
    {
        Forget(now);
        return refusals?.Min(refusal => refusal.Until) ?? long.MaxValue;
    }

    public bool IsRefusedBy(int slot, long now)
    {
        Forget(now);
        return refusals?.Exists(refusal => refusal.Slot == slot) ?? false;
    }

    private void Forget(long now)
    {
        if (refusals?.RemoveAll(refusal => refusal.Until <= now) > 0 && refusals.Count == 0)
        {
            refusals = null;
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
