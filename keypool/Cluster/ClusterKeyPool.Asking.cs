namespace GeminiBalance.KeyPool;

/// <content>Finding ledgers to ask for the calls that wait.</content>
public sealed partial class ClusterKeyPool
{
    // A call that is too large for the tokens left may fit another key; asking all of them would cost too much.
    private const int RefusalsMax = 16;
    private readonly List<AskInFlight> drafts = [];
    private readonly List<AskInFlight> outgoing = [];
    private readonly Queue<AskInFlight> flights = new();
    private readonly List<(KeyQueue Queue, int Slot)> aside = [];

    /// <summary>Asks as many ledgers as there are calls for: first for calls that can use one key only, then in fair order.</summary>
    private void Pump(ClusterQueue queue, DateTimeOffset now)
    {
        if (queue.WaiterCount == 0)
        {
            return;
        }

        queue.NextPump = long.MaxValue;
        foreach (var line in queue.PinnedWaiters.Values.ToArray())
        {
            line.Serve(waiter => Offer((ClusterWaiter)waiter, now));
        }

        queue.Waiters.Serve(waiter => Offer((ClusterWaiter)waiter, now));
        foreach (var draft in drafts)
        {
            Send(draft);
        }

        drafts.Clear();
        queue.NextPump = queue.WaiterCount == 0 ? long.MaxValue : Math.Min(queue.NextPump, NextChance(queue, now));
    }

    /// <summary>When a key should have a token for the calls that wait now.</summary>
    private long NextChance(ClusterQueue queue, DateTimeOffset now)
    {
        var othersDue = queue.Others.NextDue;
        if (!probes.HasOne(now) && (queue.Others.HasReady || othersDue != long.MaxValue))
        {
            othersDue = Math.Max(queue.Others.HasReady ? now.UtcTicks : othersDue, probes.NextAt(now).UtcTicks);
        }

        return Math.Min(queue.Keys.NextDue, othersDue);
    }

    private ServeResult Offer(ClusterWaiter waiter, DateTimeOffset now)
    {
        var queue = (ClusterQueue)waiter.Queue;
        if (queue.PausedUntil <= now.UtcTicks && now.UtcTicks <= waiter.AskUntil && FindAsk(queue, waiter, now) is { } ask)
        {
            ask.Waiters.Add(waiter);
            waiter.Ask = ask;
            waiting.Left(waiter);
            return ServeResult.Served;
        }

        if (LastWord(waiter, now) is { } answer)
        {
            Finish(waiter, answer);
            waiting.Left(waiter);
            return ServeResult.Served;
        }

        queue.NextPump = Math.Min(queue.NextPump, Math.Min(waiter.FirstRefusalEnd, queue.PausedUntil > now.UtcTicks ? queue.PausedUntil : long.MaxValue));
        var isPlain = waiter.Request.Excluded.Count == 0 && waiter.Request.Pinned is null && waiter.RefusalCount == 0;
        return isPlain ? ServeResult.Stop : ServeResult.Skipped;
    }

    private AskInFlight? FindAsk(ClusterQueue queue, ClusterWaiter waiter, DateTimeOffset now)
    {
        if (waiter.Request.Pinned is { } pinned)
        {
            return roster.TryFind(pinned, out var only) && CanUse(waiter, only, now) ? FindPinnedAsk(queue, only, now) : null;
        }

        if (waiter.RefusalCount >= RefusalsMax)
        {
            return null;
        }

        var key = waiter.Request.Affinity is { } conversation && affinities.Find(conversation) is { Slot: >= 0 } preferred
            && queue.StandingOf(preferred) == KeyStanding.Ready && CanUse(waiter, preferred, now)
                ? preferred
                : FindReady(queue.Keys, waiter, now) ?? (probes.HasOne(now) ? FindReady(queue.Others, waiter, now) : null);
        return key is not null ? Draft(queue, key, now) : FindDraft(waiter, now);
    }

    private AskInFlight? FindPinnedAsk(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        if (drafts.Find(draft => draft.Key == key) is { } draft)
        {
            return draft.Waiters.Count < TokensMax(queue, key) ? draft : null;
        }

        // Any other standing is a hint that may be old; only this key can serve the call, so its ledger is to say it.
        var isNotNow = queue.StandingOf(key) is KeyStanding.Asked || (queue.StandingOf(key) is KeyStanding.Waiting && queue.Of(key).DueOf(key.Slot) > now.UtcTicks);
        return isNotNow ? null : Draft(queue, key, now);
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
                if (CanUse(waiter, key, now))
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

    /// <summary>No key is ready any more: the call joins the smallest ask that is about to be sent.</summary>
    private AskInFlight? FindDraft(ClusterWaiter waiter, DateTimeOffset now)
    {
        AskInFlight? smallest = null;
        foreach (var draft in drafts)
        {
            if (draft.Waiters.Count < (smallest?.Waiters.Count ?? TokensMax(draft.Queue, draft.Key)) && CanUse(waiter, draft.Key, now))
            {
                smallest = draft;
            }
        }

        return smallest;
    }

    private AskInFlight Draft(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        var draft = NewAsk(queue, key, now);
        drafts.Add(draft);
        return draft;
    }

    private AskInFlight NewAsk(ClusterQueue queue, ClusterKey key, DateTimeOffset now)
    {
        queue.Of(key).Postpone(key.Slot, long.MaxValue, KeyStanding.Asked);
        return new AskInFlight(key, queue, now, time.GetUtcNow());
    }

    private void Send(AskInFlight ask)
    {
        var tokens = new long[ask.Waiters.Count];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = ask.Waiters[i].Request.EstimatedTokens;
        }

        ask.Key.HasUrgent = false;
        ask.Message = new LedgerAsk(ask.Queue.Model, ask.Queue.LimitsFor(ask.Key, limits), tokens, IsProbe: false, ask.Key.TakePending());
        flights.Enqueue(ask);
        outgoing.Add(ask);
        if (IsProbe(ask))
        {
            probes.Spend(ask.AskedAt);
        }

        asks++;
        asksOut++;
    }

    private static bool IsProbe(AskInFlight ask) => !ask.IsForOwnKey && ask.Waiters.Count > 0;

    private static bool CanUse(ClusterWaiter waiter, ClusterKey key, DateTimeOffset now) =>
        (waiter.Request.Excluded.Count == 0 || !waiter.Request.Excluded.Contains(key.Key.Id)) && !waiter.IsRefusedBy(key.Slot, now.UtcTicks);

    private int TokensMax(ClusterQueue queue, ClusterKey key)
    {
        var perMinute = queue.LimitsFor(key, limits).RequestsPerMinute;
        return perMinute > 0 ? (int)Math.Min(perMinute, options.TokensPerAskMax) : options.TokensPerAskMax;
    }
}
