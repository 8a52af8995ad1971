namespace GeminiBalance.KeyPool;

/// <summary>
/// The pool of one process: ledgers in memory, one lock with short critical sections, no I/O under it and none on the path of a call.
/// What it grants is written to the store in the background, under a claim that it renews.
/// </summary>
public sealed partial class LocalKeyPool : IKeyPool, IKeyDirectory, IAsyncDisposable
{
    private static readonly TimeSpan ShortestWake = TimeSpan.FromMilliseconds(1);
    private readonly Lock gate = new();
    private readonly LocalKeyPoolOptions options;
    private readonly IKeyLedgerStore store;
    private readonly TimeProvider time;
    private readonly PoolClock clock;
    private readonly KeyRoster<LocalKey> roster = new();
    private readonly ModelQueues<ModelQueue> queues;
    private readonly KeySelector selector;
    private readonly WaitingRoom waiting = new();
    private readonly List<LeaseWaiter> completed = [];
    private readonly ITimer wakeTimer;
    private long wakeAt = long.MaxValue;

    public LocalKeyPool(IKeyLedgerStore store, TimeProvider time, LocalKeyPoolOptions? options = null, KeyLimitTable? limits = null)
    {
        this.store = store;
        this.time = time;
        clock = new PoolClock(time);
        this.options = options ?? LocalKeyPoolOptions.Default;
        queues = new ModelQueues<ModelQueue>(this.options.QueuePlacesMax, this.options.ModelsMax, () => roster.Count, NewQueue);
        selector = new KeySelector(roster, new AffinityMap<LocalKey>(this.options.AffinitiesMax)) { Limits = limits ?? KeyLimitTable.Unlimited };
        wakeTimer = time.CreateTimer(_ => OnWake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        checkpointTimer = time.CreateTimer(_ => OnCheckpointDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The configured limits. A change takes effect at once.</summary>
    public KeyLimitTable Limits
    {
        get => selector.Limits;
        set
        {
            using (var section = new Section(this))
            {
                selector.Limits = value;
                foreach (var queue in queues.All)
                {
                    queue.Keys.Reconsider(_ => true);
                    Pump(queue, section.Now);
                }
            }
        }
    }

    /// <summary>Calls that wait now.</summary>
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

    // Not async: a call that need not wait allocates the lease and the result and nothing else (see AllocationTests).
    public ValueTask<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<LeaseResult>(cancellationToken);
        }

        LeaseResult? result;
        LeaseWaiter? waiter;
        using (var section = new Section(this))
        {
            result = Acquire(request, section.Now, out waiter);
        }

        return result is not null ? new ValueTask<LeaseResult>(result) : WaitAsync(waiter!, cancellationToken);
    }

    public void Settle(KeyLease lease, in CallOutcome outcome)
    {
        if (outcome.Kind is < CallOutcomeKind.Succeeded or > CallOutcomeKind.ClientLeft || !lease.TrySettle())
        {
            return;
        }

        using (var section = new Section(this))
        {
            if (roster.TryFind(lease.Key.Id, out var key))
            {
                Settle(key, lease, outcome, section.Now);
            }
        }
    }

    private LeaseResult? Acquire(LeaseRequest request, DateTimeOffset now, out LeaseWaiter? waiter)
    {
        waiter = null;
        if (roster.Count == 0 && isOpen)
        {
            return LeaseResult.Denied(request.Needs.IsNone ? LeaseDenialReason.NoKeys : LeaseDenialReason.NoMatchingKey);
        }

        var owner = request.Pinned is { } pinned && roster.TryFind(pinned, out var found) ? found : null;
        if (queues.GetOrAdd(request.Model, owner?.NeedsOf(request) ?? request.Needs, now.UtcTicks) is not { } queue)
        {
            return LeaseResult.Denied(LeaseDenialReason.QueueFull);
        }

        foreach (var sibling in queues.Of(request.Model))
        {
            if (sibling.NextPump <= now.UtcTicks)
            {
                Pump(sibling, now);
            }
        }

        // Whoever waits for the same key came first; all others were just found not to be servable, so that nobody is passed over.
        var choice = Choose(queue, request, now);
        if (choice.Key is { } key)
        {
            return LeaseResult.Granted(Grant(key, queue.Model, choice.Decision, now));
        }

        var deadline = now.UtcTicks + request.MaxWait.Ticks;
        if (!choice.CanWait || request.MaxWait <= TimeSpan.Zero || choice.EarliestAt > deadline)
        {
            return Deny(choice, now);
        }

        if (waiting.Count >= options.WaitersMax)
        {
            return LeaseResult.Denied(LeaseDenialReason.QueueFull, RetryAfter(choice, now));
        }

        waiter = new LeaseWaiter(request, queue, deadline);
        waiting.Add(waiter, owner?.Slot);
        queue.NextPump = Math.Min(queue.NextPump, choice.EarliestAt ?? long.MaxValue);
        return null;
    }

    // Not async: the answer is there for its caller the moment it is given, and a wait costs one task.
    private ValueTask<LeaseResult> WaitAsync(LeaseWaiter waiter, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            waiter.LeaveOn(cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var (pool, gone) = ((LocalKeyPool, LeaseWaiter))state!;
                    pool.Leave(gone, token);
                },
                (this, waiter)));
        }

        return new ValueTask<LeaseResult>(waiter.Task);
    }

    private void Leave(LeaseWaiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!waiter.IsWaiting)
            {
                return; // It has its answer already: a lease must not get lost between.
            }

            waiting.Remove(waiter);
        }

        waiter.Cancel(cancellationToken);
    }

    private KeyChoice Choose(ModelQueue queue, LeaseRequest request, DateTimeOffset now) =>
        MayGrant(now) ? selector.Choose(queue, request, now) : isOpen
            ? KeyChoice.WhenStored(LeaseDenialReason.StoreUnavailable, null, blocksAll: request.Pinned is null)
            : KeyChoice.Never(LeaseDenialReason.StoreUnavailable);

    private KeyLease Grant(LocalKey key, string model, in GrantDecision decision, DateTimeOffset now)
    {
        MarkDirty(key, isUrgent: decision.WantsCheckpoint, now);
        return new KeyLease(key.Key, model, decision.At, now + options.Ledger.SendWithin, decision.ChargedTokens) { Kind = key.Profile.Kind };
    }

    private LeaseResult Deny(in KeyChoice choice, DateTimeOffset now)
    {
        if (choice.AwaitsStore)
        {
            RequestCheckpoint(now);
        }

        return LeaseResult.Denied(choice.Reason, RetryAfter(choice, now));
    }

    private ModelQueue NewQueue(string model, KeyRequirement needs)
    {
        var queue = new ModelQueue(model, needs);
        queue.Keys.Reserve(roster.SlotCount);
        for (var slot = 0; slot < roster.SlotCount; slot++)
        {
            if (roster.At(slot) is not { } key || !queue.Takes(key))
            {
                continue;
            }

            queue.Keys.MakeReady(slot);
            if (key.Ledger.State != KeyState.Active)
            {
                queue.Keys.Postpone(slot, long.MaxValue, KeyStanding.OutOfUse);
            }
        }

        return queue;
    }

    private TimeSpan? RetryAfter(in KeyChoice choice, DateTimeOffset now) =>
        choice.EarliestAt is { } earliest ? TimeSpan.FromTicks(Math.Max(0, earliest - now.UtcTicks)) : choice.AwaitsStore ? options.CheckpointInterval : null;
}
