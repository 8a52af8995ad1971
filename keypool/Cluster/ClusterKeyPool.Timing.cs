namespace GeminiBalance.KeyPool;

/// <content>What happens by time, and the lock.</content>
public sealed partial class ClusterKeyPool
{
    private static readonly TimeSpan ShortestWake = TimeSpan.FromMilliseconds(1);
    private long wakeAt = long.MaxValue;

    private void OnWake()
    {
        using (var section = new Section(this) { IsTimer = true })
        {
            var now = section.Now;
            wakeAt = long.MaxValue;
            WriteOff(now);
            GiveBackSpares(now);
            PostDue(now);
            foreach (var queue in waiting.InTurn().Where(queue => queue.NextPump <= now.UtcTicks))
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
        foreach (var queue in waiting.InTurn())
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
        next = OldestSpare() is { } spare ? Math.Min(next, (spare.AskedAt + options.SparesWithin).UtcTicks) : next;
        next = NextToPost() is { } first ? Math.Min(next, first.Due) : next;
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

            foreach (var (key, project, settlements) in messages)
            {
                pool.ledgers.Settle(key, project, settlements);
            }

            pool.SendOff(asks);
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
