namespace GeminiBalance.KeyPool;

/// <content>What happens by time, and the end.</content>
public sealed partial class ClusterKeyPool
{
    private static readonly TimeSpan ShortestWake = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ReachableFor = TimeSpan.FromSeconds(5);
    private long wakeAt = long.MaxValue;
    private DateTimeOffset lastAnswer = DateTimeOffset.MinValue;
    private DateTimeOffset lastFailure = DateTimeOffset.MinValue;
    private long asks;
    private long grants;
    private long denials;
    private long writtenOff;
    private long failures;
    private long unused;
    private long settlementMessages;

    public ClusterPoolHealth Health
    {
        get
        {
            lock (gate)
            {
                var isReachable = lastFailure <= lastAnswer || clock.Now - lastAnswer < ReachableFor;
                return new ClusterPoolHealth(
                    roster.Count, roster.All.Count(key => key.IsOwn), isReachable, waiting.Count, grants, asks, denials, writtenOff, failures, unused, settlementMessages);
            }
        }
    }

    /// <summary>Calls that wait now, apart from those a ledger is being asked for.</summary>
    public int WaiterCount
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Grants no more, answers the calls that wait, and sends off what ledgers should still hear. Safe to call twice.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using (new Section(this))
        {
            isOpen = false;
            while (waiting.Any() is { } waiter)
            {
                waiting.Remove(waiter);
                Finish((ClusterWaiter)waiter, LeaseResult.Denied(LeaseDenialReason.StoreUnavailable));
            }

        }

        await wakeTimer.DisposeAsync().ConfigureAwait(false);
        try
        {
            // Tokens that are still on their way find no call any more: their ledgers should hear of it.
            await WhenIdleAsync().WaitAsync(options.AskPatience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whoever does not answer by now is told nothing; the tokens stay spent.
        }

        using (new Section(this))
        {
            foreach (var key in roster.All)
            {
                Post(key);
            }
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private void OnWake()
    {
        using (var section = new Section(this) { IsTimer = true })
        {
            var now = section.Now;
            wakeAt = long.MaxValue;
            WriteOff(now);
            PostDue(now);
            foreach (var queue in waiting.Queues.Where(queue => queue.NextPump <= now.UtcTicks).ToArray())
            {
                Pump((ClusterQueue)queue, now);
            }

            while (waiting.NextExpired(now.UtcTicks) is ClusterWaiter waiter)
            {
                waiting.Remove(waiter);
                var choice = Explain(waiter, now);
                Finish(waiter, LeaseResult.Denied(choice.Reason, RetryAfter(choice, now)));
            }
        }
    }

    private void PumpAll(DateTimeOffset now)
    {
        foreach (var queue in waiting.Queues.ToArray())
        {
            Pump((ClusterQueue)queue, now);
        }
    }

    private void ArmWake(DateTimeOffset now, bool isTimer)
    {
        while (flights.TryPeek(out var done) && done.IsDone)
        {
            flights.Dequeue();
        }

        var next = waiting.Count == 0 ? long.MaxValue : waiting.NextWake;
        next = flights.TryPeek(out var oldest) ? Math.Min(next, (oldest.AskedAt + SendWithin).UtcTicks + 1) : next;
        next = settling.TryPeek(out var first) ? Math.Min(next, first.Due) : next;
        if (next >= wakeAt)
        {
            return;
        }

        wakeAt = next;
        var delay = TimeSpan.FromTicks(Math.Max(0, next - now.UtcTicks));

        // A system timer may fire a little early: re-armed with nothing it would spin until the moment has come.
        wakeTimer.Change(isTimer && delay < ShortestWake ? ShortestWake : delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A stretch under the lock. What it decided is carried out when the lock is free: answers are handed out, asks and messages sent.</summary>
    private ref struct Section : IDisposable
    {
        private readonly ClusterKeyPool pool;
        private Lock.Scope scope;

        public Section(ClusterKeyPool pool)
        {
            this.pool = pool;
            scope = pool.gate.EnterScope();
            Now = pool.clock.Now;
        }

        public DateTimeOffset Now { get; }

        public bool IsTimer { get; init; }

        public void Dispose()
        {
            pool.ArmWake(Now, IsTimer);
            var answers = Taken(pool.completed);
            var asks = Taken(pool.outgoing);
            var messages = Taken(pool.messages);
            scope.Dispose();
            foreach (var waiter in answers)
            {
                waiter.Complete();
            }

            foreach (var (key, settlements) in messages)
            {
                pool.ledgers.Settle(key, settlements);
            }

            foreach (var ask in asks)
            {
                _ = pool.AskAsync(ask);
            }
        }

        private static T[] Taken<T>(List<T> list)
        {
            if (list.Count == 0)
            {
                return [];
            }

            T[] taken = [.. list];
            list.Clear();
            return taken;
        }
    }
}
