namespace GeminiBalance.KeyPool;

/// <content>Finding ledgers to ask for the calls that wait.</content>
public sealed partial class ClusterKeyPool
{
    // A call that is too large for the tokens left may fit another key; asking all of them would cost too much.
    private const int RefusalsMax = 16;

    /// <summary>How much sooner than calls that can use fewer keys others must be due to go first.</summary>
    private static readonly TimeSpan LeaveFor = TimeSpan.FromMilliseconds(50);
    private readonly List<AskInFlight> drafts = [];
    private readonly List<(KeyQueue Queue, int Slot)> aside = [];
    private int draftTurn;
    private int askedFor;

    /// <summary>Asks as many ledgers as there are calls for: first for calls that can use one key only, then in fair order.</summary>
    private void Pump(ClusterQueue queue, DateTimeOffset now)
    {
        if (queue.WaiterCount == 0)
        {
            return;
        }

        queue.NextPump = long.MaxValue;
        draftTurn = 0;
        queue.ServePinned(waiter => Offer((ClusterWaiter)waiter, now));
        queue.Waiters.Serve(waiter => Offer((ClusterWaiter)waiter, now));
        foreach (var draft in drafts)
        {
            Send(draft);
        }

        drafts.Clear();
        queue.NextPump = queue.WaiterCount == 0 ? long.MaxValue : Math.Min(queue.NextPump, NextChance(queue, now));
    }

    private ServeResult Offer(ClusterWaiter waiter, DateTimeOffset now)
    {
        var queue = (ClusterQueue)waiter.Queue;
        var ticks = now.UtcTicks;
        if (isOpen && !IsResting(now) && queue.PausedUntil <= ticks && ticks <= waiter.AskUntil)
        {
            if (TakeSpare(queue, waiter, now) is { } spare)
            {
                Grant(waiter, spare);
                waiting.Left(waiter);
                return ServeResult.Served;
            }

            if (FindAsk(queue, waiter, now) is { } ask)
            {
                ask.Waiters.Add(waiter);
                waiter.Ask = ask;
                askedFor++;
                waiting.Left(waiter);
                return ServeResult.Served;
            }
        }

        if (LastWord(waiter, now) is { } answer)
        {
            Finish(waiter, answer);
            waiting.Left(waiter);
            return ServeResult.Served;
        }

        queue.NextPump = Math.Min(queue.NextPump, Math.Min(waiter.FirstRefusalEnd(ticks), PinnedDue(waiter, now)));
        var isPlain = waiter.Request.Excluded.Count == 0 && waiter.Request.Pinned is null && waiter.CountRefusals(ticks) == 0;
        return isPlain ? ServeResult.Stop : ServeResult.Skipped;
    }

    /// <summary>When a key may be there for the calls that wait for any, as far as time alone decides.</summary>
    private long NextChance(ClusterQueue queue, DateTimeOffset now)
    {
        var until = Math.Max(queue.PausedUntil, restUntil.UtcTicks);
        return until > now.UtcTicks ? until : Math.Min(IfLater(queue.Keys.NextDue, now), NextVisit(queue, queue.Others.NextDue, now));
    }

    /// <summary>When a key of others can be asked, of which the first that is not ready is due at a moment.</summary>
    private long NextVisit(ClusterQueue queue, long due, DateTimeOffset now)
    {
        if (visits.HasOne(now) || (due == long.MaxValue && !queue.Others.HasReady))
        {
            return IfLater(due, now);
        }

        return Math.Max(queue.Others.HasReady ? now.UtcTicks : due, visits.NextAt(now).UtcTicks);
    }

    private long PinnedDue(ClusterWaiter waiter, DateTimeOffset now) => waiter.Request.Pinned is { } pinned && roster.TryFind(pinned, out var key)
        ? IfLater(((ClusterQueue)waiter.Queue).Of(key).DueOf(key.Slot), now)
        : long.MaxValue;

    /// <summary>A key that is due and was not taken is of no use to any call that waits.</summary>
    private static long IfLater(long due, DateTimeOffset now) => due > now.UtcTicks ? due : long.MaxValue;

    private AskInFlight? FindAsk(ClusterQueue queue, ClusterWaiter waiter, DateTimeOffset now)
    {
        if (waiter.Request.Pinned is { } pinned)
        {
            return roster.TryFind(pinned, out var only) && CanUse(waiter, only, now) ? FindPinnedAsk(queue, only, now) : null;
        }

        if (waiter.CountRefusals(now.UtcTicks) >= RefusalsMax)
        {
            return null;
        }

        var key = Preferred(queue, waiter, now) ?? FindReady(queue.Keys, waiter, now) ?? (visits.HasOne(now) ? FindReady(queue.Others, waiter, now) : null);
        return key is not null ? Draft(queue, key, now) : FindDraft(waiter, now);
    }

    /// <summary>The key that has the call's conversation, if it can be asked now.</summary>
    private ClusterKey? Preferred(ClusterQueue queue, ClusterWaiter waiter, DateTimeOffset now) =>
        waiter.Request is { Affinity: { } conversation, PrefersKnownKey: true } && affinities.Find(conversation) is { Slot: >= 0 } preferred
        && queue.StandingOf(preferred) == KeyStanding.Ready && CanUse(waiter, preferred, now) && !IsLeftToOthers(queue, preferred, now)
            ? preferred
            : null;

    private AskInFlight? FindPinnedAsk(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        if (drafts.Find(draft => draft.Key == key) is { } draft)
        {
            return HasRoom(draft) ? draft : null;
        }

        // Any other standing is a hint that may be old; only this key can serve the call, so its ledger is to say it.
        var isLater = queue.StandingOf(key) is KeyStanding.Waiting or KeyStanding.AwaitsStore && queue.Of(key).DueOf(key.Slot) > now.UtcTicks;
        return isLater || !queue.Takes(key) || queue.IsBeingAsked(key) ? null : Draft(queue, key, now);
    }

    private ClusterKey? FindReady(KeyQueue keys, ClusterWaiter waiter, DateTimeOffset now)
    {
        ClusterKey? found = null;
        do
        {
            keys.Promote(now.UtcTicks);
            while (found is null && keys.HasReady)
            {
                var key = roster.At(keys.FirstReady)!;
                if (CanUse(waiter, key, now) && !IsLeftToOthers((ClusterQueue)waiter.Queue, key, now))
                {
                    found = key;
                }
                else
                {
                    keys.SetAside(key.Slot);
                    aside.Add((keys, key.Slot));
                }
            }
        }
        while (found is null && keys.NextDue <= now.UtcTicks);
        foreach (var (queue, slot) in aside)
        {
            queue.PutBack(slot);
        }

        aside.Clear();
        return found;
    }

    /// <summary>
    /// Whether calls that can use fewer keys ask this one now, or are about to: each kind of call has hints of its own, and those of the others may be
    /// due a hair later.
    /// </summary>
    private bool IsLeftToOthers(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        var until = (now + LeaveFor).UtcTicks;
        foreach (var sibling in queues.Of(queue.Model))
        {
            if (sibling == queue)
            {
                break;
            }

            var isDue = sibling.WaiterCount > 0 && sibling.StandingOf(key) == KeyStanding.Waiting && sibling.Of(key).DueOf(key.Slot) <= until;
            if (isDue || sibling.StandingOf(key) == KeyStanding.Asked)
            {
                queue.NextPump = Math.Min(queue.NextPump, until);
                return true;
            }
        }

        return false;
    }

    /// <summary>Calls that left a key to those of this queue.</summary>
    private void PumpBeside(ClusterQueue queue, DateTimeOffset now)
    {
        var until = (now + LeaveFor).UtcTicks;
        foreach (var sibling in queues.Of(queue.Model))
        {
            if (sibling != queue && sibling.NextPump <= until)
            {
                Pump(sibling, now);
            }
        }
    }

    /// <summary>No key is ready any more: the call joins an ask that is about to be sent. Calls join them in turn, so that they stay alike.</summary>
    private AskInFlight? FindDraft(ClusterWaiter waiter, DateTimeOffset now)
    {
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[draftTurn % drafts.Count];
            draftTurn++;
            if (HasRoom(draft) && CanUse(waiter, draft.Key, now))
            {
                return draft;
            }
        }

        return null;
    }

    private AskInFlight Draft(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        var draft = NewAsk(queue, key, now);
        drafts.Add(draft);
        if (draft.IsVisit)
        {
            visits.Spend(now);
        }

        return draft;
    }

    private bool HasRoom(AskInFlight draft)
    {
        var perMinute = draft.Queue.LimitsFor(draft.Key, limits).RequestsPerMinute;
        return draft.Waiters.Count < (perMinute > 0 ? Math.Min(perMinute, options.TokensPerAskMax) : options.TokensPerAskMax);
    }

    private static bool CanUse(ClusterWaiter waiter, ClusterKey key, DateTimeOffset now) =>
        (waiter.Request.Excluded.Count == 0 || !waiter.Request.Excluded.Contains(key.Key.Id)) && !waiter.IsRefusedBy(key.Slot, now.UtcTicks);

    private void NoLongerAskedFor(ClusterWaiter waiter)
    {
        askedFor -= waiter.Ask is null ? 0 : 1;
        waiter.Ask = null;
    }
}
