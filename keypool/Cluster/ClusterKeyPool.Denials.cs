namespace GeminiBalance.KeyPool;

/// <content>Why a call gets no key, and whether waiting can help.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>The denial with which a call that nobody can be asked for leaves; null when it goes on waiting.</summary>
    private LeaseResult? LastWord(ClusterWaiter waiter, DateTimeOffset now)
    {
        var choice = Explain(waiter, now);
        var mayWait = choice.CanWait && now.UtcTicks < waiter.Deadline
            && ((choice.EarliestAt ?? now.UtcTicks) <= waiter.TokenDeadline || (choice.AwaitsStore && now.UtcTicks < waiter.AnswersUntil));
        return mayWait ? null : LeaseResult.Denied(choice.Reason, RetryAfter(choice, now));
    }

    private TimeSpan? RetryAfter(in KeyChoice choice, DateTimeOffset now) => choice.EarliestAt is { } earliest
        ? TimeSpan.FromTicks(Math.Max(0, earliest - now.UtcTicks))
        : choice.CanWait ? options.SilenceMin : null;

    private KeyChoice Explain(ClusterWaiter waiter, DateTimeOffset now)
    {
        var queue = (ClusterQueue)waiter.Queue;
        if (queue.PausedUntil > now.UtcTicks)
        {
            return KeyChoice.Later(LeaseDenialReason.EgressLimited, queue.PausedUntil, blocksAll: false);
        }

        if (waiter.Request.Pinned is { } pinned)
        {
            return ExplainPinned(queue, waiter, pinned);
        }

        var counts = Standings(queue);
        if (counts.All == 0)
        {
            return KeyChoice.Never(queue.Count(KeyStanding.ModelUnavailable) > 0 ? LeaseDenialReason.ModelNotAvailable : LeaseDenialReason.NoKeys);
        }

        foreach (var id in waiter.Request.Excluded.Distinct())
        {
            counts = counts.Without(roster.TryFind(id, out var key) ? queue.StandingOf(key) : KeyStanding.Absent);
        }

        if (counts.All == 0)
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        if (counts.Asked > 0)
        {
            return KeyChoice.WhenStored(LeaseDenialReason.RateLimited, null, blocksAll: false);
        }

        var reason = counts.Soon + counts.Store > 0 ? LeaseDenialReason.RateLimited
            : counts.Silent > 0 ? LeaseDenialReason.StoreUnavailable : LeaseDenialReason.DayExhausted;
        var earliest = Math.Min(waiter.FirstRefusalEnd, EarliestDue(queue, waiter.Request));
        return earliest == long.MaxValue ? KeyChoice.WhenStored(reason, null, blocksAll: false) : KeyChoice.Later(reason, Math.Max(earliest, now.UtcTicks), blocksAll: false);
    }

    private KeyChoice ExplainPinned(ClusterQueue queue, ClusterWaiter waiter, KeyId pinned)
    {
        if (!roster.TryFind(pinned, out var key))
        {
            return KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable);
        }

        if (waiter.Request.Excluded.Contains(pinned))
        {
            return KeyChoice.Never(LeaseDenialReason.AllTried);
        }

        var due = Math.Min(waiter.FirstRefusalEnd, queue.Of(key).DueOf(key.Slot));
        return waiter.PinnedDenial switch
        {
            KeyDenialReason.State => KeyChoice.Never(LeaseDenialReason.PinnedKeyUnavailable),
            KeyDenialReason.ModelUnavailable => KeyChoice.Never(LeaseDenialReason.ModelNotAvailable),
            KeyDenialReason.StoreUnavailable => KeyChoice.WhenStored(LeaseDenialReason.StoreUnavailable, null, blocksAll: false),
            _ when due == long.MaxValue => KeyChoice.WhenStored(LeaseDenialReason.RateLimited, null, blocksAll: false),
            KeyDenialReason.Day => KeyChoice.Later(LeaseDenialReason.DayExhausted, due, blocksAll: false),
            _ => KeyChoice.Later(LeaseDenialReason.RateLimited, due, blocksAll: false),
        };
    }

    /// <summary>When the next key that this call may use is due. Excluded keys are stepped over and keep their place.</summary>
    private long EarliestDue(ClusterQueue queue, LeaseRequest request)
    {
        if (request.Excluded.Count == 0)
        {
            return queue.NextDue;
        }

        bool IsExcluded(int slot) => request.Excluded.Contains(roster.At(slot)!.Key.Id);
        return Math.Min(queue.Keys.NextDueExcept(IsExcluded), queue.Others.NextDueExcept(IsExcluded));
    }

    private static StandingCounts Standings(ClusterQueue queue) => new(
        queue.Count(KeyStanding.Ready) + queue.Count(KeyStanding.Waiting),
        queue.Count(KeyStanding.AwaitsStore),
        queue.Count(KeyStanding.DayExhausted),
        queue.Count(KeyStanding.Silent),
        queue.Count(KeyStanding.Asked));

    private readonly record struct StandingCounts(int Soon, int Store, int Day, int Silent, int Asked)
    {
        public int All => Soon + Store + Day + Silent + Asked;

        public StandingCounts Without(KeyStanding standing) => standing switch
        {
            KeyStanding.Ready or KeyStanding.Waiting => this with { Soon = Soon - 1 },
            KeyStanding.AwaitsStore => this with { Store = Store - 1 },
            KeyStanding.DayExhausted => this with { Day = Day - 1 },
            KeyStanding.Silent => this with { Silent = Silent - 1 },
            KeyStanding.Asked => this with { Asked = Asked - 1 },
            _ => this,
        };
    }
}
