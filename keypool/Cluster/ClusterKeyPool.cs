namespace GeminiBalance.KeyPool;

/// <summary>
/// One gateway's pool over ledgers that are held elsewhere, and shared with other gateways. It keeps hints (which key should have a token when)
/// and asks the best one's ledger, which alone decides; a denial corrects the hint. Calls wait in a fair bounded queue; one lock, no I/O under it.
/// </summary>
/// <remarks>
/// A ledger is asked by one ask at a time for a model. Calls that come meanwhile share the next one, so that fast keys lease several tokens at once.
/// An ask that is not answered within the time in which a call must be sent is overdue: its calls go to other keys, its tokens come back as not sent.
/// </remarks>
public sealed partial class ClusterKeyPool : IKeyPool, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly ClusterKeyPoolOptions options;
    private readonly ProjectLedgers ledgers;
    private readonly TimeProvider time;
    private readonly SteadyClock clock;
    private readonly KeyRoster<ClusterKey> roster = new();
    private readonly ModelQueues<ClusterQueue> queues;
    private readonly AffinityMap<ClusterKey> affinities;
    private readonly WaitingRoom waiting = new();
    private readonly List<LeaseWaiter> completed = [];
    private readonly VisitBudget visits;
    private readonly ITimer wakeTimer;
    private KeyLimitTable limits;
    private bool isOpen = true;

    public ClusterKeyPool(IKeyLedgers ledgers, TimeProvider time, ClusterKeyPoolOptions? options = null, KeyLimitTable? limits = null)
    {
        this.time = time;
        clock = new SteadyClock(time);
        this.options = options ?? ClusterKeyPoolOptions.Default;
        this.ledgers = new ProjectLedgers(ledgers, SendWithin);
        this.limits = limits ?? KeyLimitTable.Unlimited;
        queues = new ModelQueues<ClusterQueue>(this.options.QueuePlacesMax, this.options.ModelsMax, () => roster.Count, NewQueue);
        affinities = new AffinityMap<ClusterKey>(this.options.AffinitiesMax);
        visits = new VisitBudget(this.options.VisitsPerGrant, this.options.VisitsPerSecond, this.options.VisitsMax);
        wakeTimer = time.CreateTimer(_ => OnWake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan SendWithin => options.Ledger.SendWithin;

    public ValueTask<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<LeaseResult>(cancellationToken);
        }

        LeaseResult? denial;
        ClusterWaiter? waiter;
        using (var section = new Section(this))
        {
            denial = Enter(request, section.Now, out waiter);
        }

        if (denial is not null)
        {
            return new ValueTask<LeaseResult>(denial);
        }

        if (cancellationToken.CanBeCanceled)
        {
            waiter!.LeaveOn(cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var (pool, gone) = ((ClusterKeyPool, ClusterWaiter))state!;
                    pool.Leave(gone, token);
                },
                (this, waiter)));
        }

        return new ValueTask<LeaseResult>(waiter!.Task);
    }

    private LeaseResult? Enter(LeaseRequest request, DateTimeOffset now, out ClusterWaiter? waiter)
    {
        waiter = null;
        if (!isOpen)
        {
            return LeaseResult.Denied(LeaseDenialReason.StoreUnavailable);
        }

        if (roster.Count == 0)
        {
            return LeaseResult.Denied(request.Needs.IsNone ? LeaseDenialReason.NoKeys : LeaseDenialReason.NoMatchingKey);
        }

        var needs = request.Pinned is { } pinned && roster.TryFind(pinned, out var owner) ? owner.NeedsOf(request) : request.Needs;
        if (askedFor >= options.WaitersMax || queues.GetOrAdd(request.Model, needs, now.UtcTicks) is not { } queue)
        {
            return LeaseResult.Denied(LeaseDenialReason.QueueFull);
        }

        queue.Demand.Count(now.UtcTicks, request.EstimatedTokens);
        waiter = new ClusterWaiter(request, queue, now, options.AskPatience, SendWithin);
        waiting.Add(waiter, PinnedSlot(request));
        Pump(queue, now);
        if (!waiter.IsWaiting)
        {
            return null;
        }

        if (LastWord(waiter, now) is { } denial)
        {
            waiting.Remove(waiter);
            return denial;
        }

        if (waiting.Count > options.WaitersMax)
        {
            waiting.Remove(waiter);
            return LeaseResult.Denied(LeaseDenialReason.QueueFull, RetryAfter(Explain(waiter, now), now));
        }

        return null;
    }

    private void Leave(ClusterWaiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiter.Result is not null)
            {
                return; // It has its answer already: a lease must not get lost between.
            }

            if (waiter.IsWaiting)
            {
                waiting.Remove(waiter);
            }

            NoLongerAskedFor(waiter);
        }

        waiter.Cancel(cancellationToken);
    }

    private int? PinnedSlot(LeaseRequest request) => request.Pinned is { } pinned && roster.TryFind(pinned, out var key) ? key.Slot : null;
}
