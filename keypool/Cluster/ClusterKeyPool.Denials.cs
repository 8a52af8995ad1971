namespace GeminiBalance.KeyPool;

/// <content>Why a call gets no key, and whether waiting can help.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>The denial with which a call that nobody can be asked for leaves; null when it goes on waiting.</summary>
    private LeaseResult? LastWord(ClusterWaiter waiter, DateTimeOffset now)
    {
        var choice = Explain(waiter, now);
        var mayWait = choice.CanWait && now.UtcTicks < waiter.Deadline && (choice.AwaitsStore || choice.EarliestAt <= waiter.TokenDeadline);
        return mayWait ? null : LeaseResult.Denied(choice.Reason, RetryAfter(choice, now));
    }

    private TimeSpan? RetryAfter(in KeyChoice choice, DateTimeOffset now) => choice.EarliestAt is { } earliest
        ? TimeSpan.FromTicks(Math.Max(0, earliest - now.UtcTicks))
        : choice.CanWait ? options.SilenceMin : null;

    private KeyChoice Explain(ClusterWaiter waiter, DateTimeOffset now)
    {
        var queue = (ClusterQueue)waiter.Queue;
        if (!isOpen)
        {
            return KeyChoice.Never(LeaseDenialReason.StoreUnavailable);
        }

        if (queue.PausedUntil > now.UtcTicks)
        {
            return Later(LeaseDenialReason.EgressLimited, queue.PausedUntil, now);
        }

        if (IsResting(now))
        {
            return Later(LeaseDenialReason.StoreUnavailable, restUntil.UtcTicks, now);
        }

        return waiter.Request.Pinned is { } pinned ? ExplainPinned(queue, waiter, pinned, now) : ExplainAll(queue, waiter, now);
    }

    private KeyChoice ExplainAll(ClusterQueue queue, ClusterWaiter waiter, DateTimeOffset now)
    {
        var counts = StandingCounts.Of(queue);
        if (counts.All == 0)
        {
            return KeyChoice.Never(queue.ReasonForNone(queue.Count(KeyStanding.ModelUnavailable), queue.Count(KeyStanding.OutOfUse)));
        }

        foreach (var id in waiter.Request.Excluded.Distinct())
        {
            counts = counts.Without(roster.TryFind(id, out var key) ? queue.StandingOf(key) : KeyStanding.Absent);
        }

        if (counts.All == 0)
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        // Where all keys with a token are silent, silence is to blame; where the others are dry, that is.
        var live = counts.Soon + counts.Asked;
        var isForSilence = counts.Silent > 0
            && (live == 0 || (waiter.LastDenial == KeyDenialReason.StoreUnavailable && queue.Count(KeyStanding.Waiting) == 0));
        var reason = isForSilence ? LeaseDenialReason.StoreUnavailable
            : live > 0 ? LeaseDenialReason.RateLimited : LeaseDenialReason.DayExhausted;
        var earliest = Math.Min(waiter.FirstRefusalEnd(now.UtcTicks), EarliestDue(queue, waiter.Request, now));
        return counts.Asked > 0 ? KeyChoice.WhenStored(reason, earliest == long.MaxValue ? null : earliest, blocksAll: false) : Later(reason, earliest, now);
    }

    private KeyChoice ExplainPinned(ClusterQueue queue, ClusterWaiter waiter, KeyId pinned, DateTimeOffset now)
    {
        if (!roster.TryFind(pinned, out var key) || !queue.Takes(key))
        {
            return KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable);
        }

        if (waiter.Request.Excluded.Contains(pinned))
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        var isSilent = waiter.LastDenial == KeyDenialReason.StoreUnavailable || queue.StandingOf(key) is KeyStanding.Overdue or KeyStanding.Silent;
        var refused = waiter.FirstRefusalEnd(now.UtcTicks);
        var due = Math.Max(refused == long.MaxValue ? 0 : refused, queue.Of(key).DueOf(key.Slot));
        return waiter.LastDenial switch
        {
            KeyDenialReason.State => KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable),
            KeyDenialReason.ModelUnavailable => KeyChoice.Never(LeaseDenialReason.ModelNotAvailable),
            _ when isSilent => Later(LeaseDenialReason.StoreUnavailable, due, now),
            KeyDenialReason.Day => Later(LeaseDenialReason.DayExhausted, due, now),
            _ => Later(LeaseDenialReason.RateLimited, due, now),
        };
    }

    /// <summary>A moment that nobody can tell comes with the answers that are awaited.</summary>
    private static KeyChoice Later(LeaseDenialReason reason, long earliest, DateTimeOffset now) => earliest == long.MaxValue
        ? KeyChoice.WhenStored(reason, null, blocksAll: false)
        : KeyChoice.Later(reason, Math.Max(earliest, now.UtcTicks), blocksAll: false);

    /// <summary>When the next key that this call may use is due. Excluded keys are stepped over and keep their place.</summary>
    private long EarliestDue(ClusterQueue queue, LeaseRequest request, DateTimeOffset now)
    {
        if (request.Excluded.Count == 0)
        {
            return NextChance(queue, now);
        }

        bool IsExcluded(int slot) => request.Excluded.Contains(roster.At(slot)!.Key.Id);
        return Math.Min(IfLater(queue.Keys.NextDueExcept(IsExcluded), now), NextVisit(queue, queue.Others.NextDueExcept(IsExcluded), now));
    }
}
