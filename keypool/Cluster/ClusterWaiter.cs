namespace GeminiBalance.KeyPool;

/// <summary>A call that waits for a key, or for the answer of a ledger that was asked for it.</summary>
/// <param name="request">The call.</param>
/// <param name="queue">Its model's.</param>
/// <param name="now">When it came.</param>
/// <param name="tokenDeadline">It does not wait for tokens that come later.</param>
/// <param name="patience">How long it may be asked for, whatever it is ready to wait for a token.</param>
/// <param name="answersWithin">How long it waits for asks that are out for others.</param>
internal sealed class ClusterWaiter(
    LeaseRequest request, ClusterQueue queue, DateTimeOffset now, DateTimeOffset tokenDeadline, TimeSpan patience, TimeSpan answersWithin)
    : LeaseWaiter(request, queue, Math.Max(tokenDeadline.UtcTicks, (now + answersWithin).UtcTicks))
{
    private List<(int Slot, long Until)>? refusals;

    public long TokenDeadline { get; } = tokenDeadline.UtcTicks;

    /// <summary>Until then ledgers are asked for it.</summary>
    public long AskUntil { get; } = Math.Max(tokenDeadline.UtcTicks, (now + patience).UtcTicks);

    /// <summary>Until then the answer to somebody else's ask may bring it a token.</summary>
    public long AnswersUntil { get; } = (now + answersWithin).UtcTicks;

    /// <summary>The ask that is out for it.</summary>
    public AskInFlight? Ask { get; set; }

    /// <summary>What the only key that can serve it said last.</summary>
    public KeyDenialReason PinnedDenial { get; set; }

    /// <summary>Keys that have no token for a call of its size.</summary>
    public int RefusalCount => refusals?.Count ?? 0;

    public long FirstRefusalEnd => refusals is null ? long.MaxValue : refusals.Min(refusal => refusal.Until);

    /// <summary>A key has no token for this call before a moment.</summary>
    public void Refuse(int slot, long until)
    {
        refusals ??= [];
        refusals.RemoveAll(refusal => refusal.Slot == slot);
        refusals.Add((slot, until));
    }

    public bool IsRefusedBy(int slot, long moment)
    {
        if (refusals is null)
        {
            return false;
        }

        refusals.RemoveAll(refusal => refusal.Until <= moment);
        var isRefused = refusals.Exists(refusal => refusal.Slot == slot);
        refusals = refusals.Count == 0 ? null : refusals;
        return isRefused;
    }
}
