namespace GeminiBalance.KeyPool;

/// <content>Serving the calls that wait: by time, and when something came free.</content>
public sealed partial class LocalKeyPool
{
    /// <summary>Offers what is free to the calls that wait for a model: first to those that can use one key only, then in fair order.</summary>
    private void Pump(ModelQueue queue, DateTimeOffset now)
    {
        if (queue.WaiterCount == 0)
        {
            return;
        }

        queue.NextPump = long.MaxValue;
        var smallestRefused = long.MaxValue;
        ServeResult Offer(LeaseWaiter waiter)
        {
            var request = waiter.Request;
            var isPlain = request.Excluded.Count == 0 && request.Pinned is null;
            if (isPlain && request.EstimatedTokens >= smallestRefused)
            {
                return ServeResult.Skipped;
            }

            var choice = Choose(queue, request, now);
            if (Answer(waiter, choice, now) is { } answer)
            {
                waiter.Result = answer;
                completed.Add(waiter);
                waiting.Left(waiter);
                return ServeResult.Served;
            }

            queue.NextPump = Math.Min(queue.NextPump, choice.EarliestAt ?? long.MaxValue);
            smallestRefused = isPlain ? Math.Min(smallestRefused, request.EstimatedTokens) : smallestRefused;
            return choice.BlocksAll ? ServeResult.Stop : ServeResult.Skipped;
        }

        queue.ServePinned(Offer);
        queue.Waiters.Serve(Offer);
    }

    /// <summary>Null when the call goes on waiting.</summary>
    private LeaseResult? Answer(LeaseWaiter waiter, in KeyChoice choice, DateTimeOffset now)
    {
        if (choice.Key is { } key)
        {
            return LeaseResult.Granted(Grant(key, waiter.Queue.Model, choice.Decision, now));
        }

        return !choice.CanWait || choice.EarliestAt > waiter.Deadline || now.UtcTicks >= waiter.Deadline ? Deny(choice, now) : null;
    }

    private void PumpAll(DateTimeOffset now)
    {
        foreach (var queue in waiting.InTurn())
        {
            Pump(queue, now);
        }
    }

    /// <summary>The clock was set while the pool ran: what the windows hold is worth nothing, so they count as full once.</summary>
    private void ClockWasSet(DateTimeOffset now)
    {
        foreach (var key in roster.All)
        {
            key.Ledger.ClockWasSet(now);
        }

        foreach (var project in projects.Values)
        {
            project.Ledger.ClockWasSet(now);
        }

        foreach (var queue in queues.All)
        {
            queue.Keys.Reconsider(_ => true);
            queue.NextPump = queue.WaiterCount > 0 ? now.UtcTicks : long.MaxValue;
        }

        (wakeAt, checkpointAt) = (long.MaxValue, long.MaxValue);
        RequestCheckpoint(now);
    }

    private void OnWake()
    {
        using (var section = new Section(this) { IsTimer = true })
        {
            var now = section.Now;
            wakeAt = long.MaxValue;
            foreach (var queue in waiting.InTurn().Where(queue => queue.NextPump <= now.UtcTicks))
            {
                Pump(queue, now);
            }

            while (waiting.NextExpired(now.UtcTicks) is { } waiter)
            {
                waiter.Result = Answer(waiter, Choose(waiter.Queue, waiter.Request, now), now);
                waiting.Remove(waiter);
                completed.Add(waiter);
            }
        }
    }

    private void ArmWake(DateTimeOffset now, bool isTimer)
    {
        var next = waiting.Count == 0 ? long.MaxValue : waiting.NextWake;
        if (next >= wakeAt)
        {
            return;
        }

        wakeAt = next;
        var delay = TimeSpan.FromTicks(Math.Max(0, next - now.UtcTicks));

        // A system timer may fire a little early: re-armed with nothing it would spin until the moment has come.
        wakeTimer.Change(isTimer && delay < ShortestWake ? ShortestWake : delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A stretch under the lock. At its end the timer is armed, and answers are handed out after the lock is free.</summary>
    private ref struct Section : IDisposable
    {
        private readonly LocalKeyPool pool;
        private Lock.Scope scope;

        public Section(LocalKeyPool pool)
        {
            this.pool = pool;
            scope = pool.gate.EnterScope();
            Now = pool.clock.Read(out var step);
            if (step != TimeSpan.Zero)
            {
                pool.ClockWasSet(Now);
            }
        }

        public DateTimeOffset Now { get; }

        public bool IsTimer { get; init; }

        public void Dispose()
        {
            pool.ArmWake(Now, IsTimer);
            LeaseWaiter[] answers = [];
            if (pool.completed.Count > 0)
            {
                answers = [.. pool.completed];
                pool.completed.Clear();
            }

            scope.Dispose();
            foreach (var waiter in answers)
            {
                waiter.Complete();
            }
        }
    }
}
