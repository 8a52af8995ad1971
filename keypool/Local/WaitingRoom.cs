namespace GeminiBalance.KeyPool;

/// <summary>The calls that wait, over all models: how many, and whose deadline comes first.</summary>
internal sealed class WaitingRoom
{
    private const int CompactAt = 1_024;
    private readonly HashSet<ModelQueue> queues = [];
    private PriorityQueue<LeaseWaiter, long> deadlines = new();

    public int Count { get; private set; }

    /// <summary>Models for which calls wait.</summary>
    public IReadOnlyCollection<ModelQueue> Queues => queues;

    /// <summary>The same, in the order in which they are served: first the calls that can use the fewest keys.</summary>
    public ModelQueue[] InTurn() => [.. queues.OrderByDescending(queue => queue.Needs.Tags.Count)];

    /// <summary>The next moment at which something is to be done for a waiting call; never when there is nothing.</summary>
    public long NextWake
    {
        get
        {
            DropGone();
            var next = deadlines.TryPeek(out _, out var deadline) ? deadline : long.MaxValue;
            foreach (var queue in queues)
            {
                next = Math.Min(next, queue.NextPump);
            }

            return next;
        }
    }

    public void Add(LeaseWaiter waiter, int? pinnedSlot)
    {
        var line = pinnedSlot is { } slot ? LineOf(waiter.Queue, slot) : waiter.Queue.Waiters;
        Enter(waiter, line, line.Enqueue(waiter.Request.ClientId, waiter));
    }

    /// <summary>Takes back a call that had left by its turn, before all others of its owner.</summary>
    public void Return(LeaseWaiter waiter, int? pinnedSlot)
    {
        var line = pinnedSlot is { } slot ? LineOf(waiter.Queue, slot) : waiter.Queue.Waiters;
        Enter(waiter, line, line.Return(waiter.Request.ClientId, waiter));
    }

    private void Enter(LeaseWaiter waiter, FairQueue<LeaseWaiter> line, in FairTicket<LeaseWaiter> ticket)
    {
        var queue = waiter.Queue;
        (waiter.Line, waiter.Ticket) = (line, ticket);
        waiter.IsWaiting = true;
        if (!waiter.IsTimed)
        {
            waiter.IsTimed = true;
            deadlines.Enqueue(waiter, waiter.Deadline);
        }

        queues.Add(queue);
        queue.WaiterCount++;
        Count++;
    }

    /// <summary>Takes a call out of its line, for whatever reason but a turn.</summary>
    public void Remove(LeaseWaiter waiter)
    {
        waiter.Line!.Remove(waiter.Ticket);
        Left(waiter);
    }

    /// <summary>Takes note that a call left its line by its turn.</summary>
    public void Left(LeaseWaiter waiter)
    {
        waiter.IsWaiting = false;
        Count--;
        if (--waiter.Queue.WaiterCount == 0)
        {
            queues.Remove(waiter.Queue);
            waiter.Queue.NextPump = long.MaxValue;
            waiter.Queue.PinnedWaiters.Clear();
        }

        if (deadlines.Count > (2 * Count) + CompactAt)
        {
            Compact();
        }
    }

    /// <summary>The next call whose deadline has come; null when there is none.</summary>
    public LeaseWaiter? NextExpired(long now)
    {
        DropGone();
        return deadlines.TryPeek(out var waiter, out var deadline) && deadline <= now ? waiter : null;
    }

    /// <summary>Any call that waits; null when none does.</summary>
    public LeaseWaiter? Any()
    {
        DropGone();
        return deadlines.TryPeek(out var waiter, out _) ? waiter : null;
    }

    private static FairQueue<LeaseWaiter> LineOf(ModelQueue queue, int slot)
    {
        if (!queue.PinnedWaiters.TryGetValue(slot, out var line))
        {
            line = new FairQueue<LeaseWaiter>();
            queue.PinnedWaiters.Add(slot, line);
        }

        return line;
    }

    private void DropGone()
    {
        while (deadlines.TryPeek(out var waiter, out _) && !waiter.IsWaiting)
        {
            deadlines.Dequeue().IsTimed = false;
        }
    }

    private void Compact()
    {
        var kept = new List<(LeaseWaiter, long)>(Count);
        foreach (var (waiter, deadline) in deadlines.UnorderedItems)
        {
            waiter.IsTimed = waiter.IsWaiting;
            if (waiter.IsWaiting)
            {
                kept.Add((waiter, deadline));
            }
        }

        deadlines = new PriorityQueue<LeaseWaiter, long>(kept);
    }
}
