namespace GeminiBalance.KeyPool;

/// <content>
/// Fast keys lease several tokens at once: where calls follow each other quickly, an ask brings tokens for those to come, which then wait for no
/// ledger. A spare is kept for a fraction of the time in which a call must be sent, and goes back when no call came for it.
/// </content>
public sealed partial class ClusterKeyPool
{
    private readonly Queue<Spare> sparesByAge = new();

    /// <summary>How many tokens an ask should bring beside those for its calls.</summary>
    private int SparesFor(AskInFlight ask, DateTimeOffset now, out long tokens)
    {
        (var expected, tokens) = ask.Queue.Demand.Last(now.UtcTicks);
        var limit = ask.Queue.LimitsFor(ask.Key, limits);

        // A charge that is only a guess would keep tokens of the minute from calls that need them.
        if (ask.Probe is not null || ask.IsVisit || ask.Waiters.Count == 0 || ask.Waiters[0].Request.Pinned is not null || limit.TokensPerMinute > 0)
        {
            return 0;
        }

        var most = Math.Min(options.SparesMax, options.TokensPerAskMax - ask.Waiters.Count);
        most = limit.RequestsPerMinute > 0 ? (int)Math.Min(most, limit.RequestsPerMinute / options.RequestsPerMinutePerSpare) : most;
        return Math.Max(0, Math.Min(most, expected - ask.Queue.Spares.Count - ask.Queue.SparesAsked));
    }

    /// <returns>False when it is too old already to be of use.</returns>
    private bool Keep(AskInFlight ask, LedgerAnswer answer, LedgerGrant grant, DateTimeOffset now)
    {
        if (now - ask.AskedAt >= options.SparesWithin || ask.IsOutdated(limits) || !isOpen)
        {
            return false;
        }

        var spare = new Spare(ask, NewLease(ask, answer, grant));
        ask.Queue.Spares.Enqueue(spare);
        sparesByAge.Enqueue(spare);
        return true;
    }

    /// <summary>The oldest spare, if the call can use it and has no better key.</summary>
    private ClusterLease? TakeSpare(ClusterQueue queue, ClusterWaiter waiter, DateTimeOffset now)
    {
        while (queue.Spares.TryPeek(out var spare))
        {
            // One that must not be used any more goes back with the next wake, which also tells the ledger.
            if (spare.IsTaken || spare.IsOutdated(limits) || now - spare.AskedAt >= options.SparesWithin)
            {
                queue.Spares.Dequeue();
                continue;
            }

            var lease = spare.Lease;
            if (waiter.Request.Pinned is not null || waiter.Request.EstimatedTokens > lease.EstimatedTokens || !CanUse(waiter, lease.From, now)
                || (Preferred(queue, waiter, now) is { } preferred && preferred != lease.From))
            {
                return null;
            }

            queue.Spares.Dequeue();
            spare.IsTaken = true;
            spareGrants++;
            return lease;
        }

        return null;
    }

    private void GiveBack(Spare spare, DateTimeOffset now)
    {
        spare.IsTaken = true;
        unused++;
        var lease = spare.Lease;

        // Where there is a limit, configured or learned, other gateways may wait for it.
        var hasLimit = spare.Queue.LimitsFor(lease.From, limits).RequestsPerMinute > 0
            || (lease.From.Slot >= 0 && QueueOf(spare)?.StandingOf(lease.From) is KeyStanding.Waiting or KeyStanding.DayExhausted);
        AddSettlement(
            lease.From, lease.Project, new LedgerSettlement(lease.Model, lease.Term, lease.Grant.Stamp, lease.Grant.ChargedTokens, new CallOutcome(CallOutcomeKind.NotSent), null), hasLimit, now);
    }

    private void GiveBackSpares(DateTimeOffset now)
    {
        HashSet<(ClusterKey, ClusterQueue?)>? keys = null;
        while (OldestSpare() is { } spare && (!isOpen || now - spare.AskedAt >= options.SparesWithin))
        {
            GiveBack(spare, now);
            (keys ??= []).Add((spare.Lease.From, QueueOf(spare)));
        }

        foreach (var (key, queue) in keys ?? [])
        {
            if (queue is not null && key.Slot >= 0 && IsAwaitedBeside(queue, key))
            {
                AskAnew(queue.Model, key, now);
            }

            SendUrgent(key, queue, now);
        }
    }

    /// <summary>The queue whose hints calls see now; null when there is none for the model.</summary>
    private ClusterQueue? QueueOf(Spare spare) => spare.Queue.IsGone ? queues.FindFor(spare.Lease.Model, spare.Lease.From) : spare.Queue;

    private Spare? OldestSpare()
    {
        while (sparesByAge.TryPeek(out var spare))
        {
            if (!spare.IsTaken)
            {
                return spare;
            }

            sparesByAge.Dequeue();
        }

        return null;
    }
}
