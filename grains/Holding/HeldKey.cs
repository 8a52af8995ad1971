using System.Diagnostics.CodeAnalysis;
using GeminiBalance.Grains.Keys;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>
/// A ledger that this silo holds, behind a lock: the grain's turns work with it, the writer takes its snapshots, the pulse takes it away.
/// The lock is nearly never contended, and costs less than a turn of the grain would for each snapshot.
/// </summary>
internal sealed class HeldKey(KeyId id, IGrainContext grain, LedgerHolder holder, TimeSpan clockShift, KeyGrainServices services)
{
    private readonly Lock gate = new();
    private TimeSpan clockShift = clockShift;
    private List<TaskCompletionSource>? waiters;
    private bool isOver;

    public KeyId Id { get; } = id;

    public long Term => holder.Term;

    /// <summary>Whether it waits for the writer. Of the writer alone, under the writer's lock.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the claim is another's now, or was given back: nothing may be granted or written any more.</summary>
    public bool IsOver => Volatile.Read(ref isOver);

    /// <summary>The move to another ledger that the last ask named, when it is to be made.</summary>
    public LedgerMove? WantedMove
    {
        get
        {
            lock (gate)
            {
                return isOver ? null : holder.WantedMove;
            }
        }
    }

    /// <summary>See <see cref="LedgerHolder.IsMoving"/>.</summary>
    public bool IsMoving
    {
        get
        {
            lock (gate)
            {
                return holder.IsMoving;
            }
        }
    }

    /// <summary>See <see cref="LedgerHolder.MovesTo"/>.</summary>
    public KeyId? MovesTo
    {
        get
        {
            lock (gate)
            {
                return holder.MovesTo;
            }
        }
    }

    /// <exception cref="LedgerUnavailableException">The claim is another's now.</exception>
    public LedgerAnswer Answer(LedgerAsk ask)
    {
        lock (gate)
        {
            if (!services.Pulse.IsLeaving || ask.Settlements.Count > 0)
            {
                ThrowIfOver(); // Else the answer is a denial: the next holder is found once the grain has gone.
            }

            var answer = holder.Answer(ask, Now());
            Queue();
            return answer;
        }
    }

    /// <summary>Takes in settlements; what comes too late is lost, and its tokens stay spent.</summary>
    public void Settle(IReadOnlyList<LedgerSettlement> settlements)
    {
        lock (gate)
        {
            if (!isOver)
            {
                holder.Settle(settlements, Now());
                Queue();
            }
        }
    }

    /// <returns>Ends when the change is in the store.</returns>
    /// <exception cref="LedgerUnavailableException">The claim is another's now.</exception>
    public Task Change(Action<LedgerHolder, DateTimeOffset> change)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            ThrowIfOver();
            change(holder, Now());
            (waiters ??= []).Add(waiter);
            Queue();
        }

        return waiter.Task;
    }

    /// <exception cref="LedgerUnavailableException">The claim is another's now.</exception>
    public KeyLedgerSnapshot Read()
    {
        lock (gate)
        {
            ThrowIfOver();
            return holder.Read(Now());
        }
    }

    /// <summary>Gives the writer what a take-over changed.</summary>
    public void Begin()
    {
        lock (gate)
        {
            Queue();
        }
    }

    /// <summary>What is to be written now; null when there is nothing, or, if only that is wanted, nothing urgent.</summary>
    public WrittenLedger? Take(bool isUrgentOnly)
    {
        lock (gate)
        {
            if (isOver || !holder.IsChanged || (isUrgentOnly && !holder.IsUrgent))
            {
                return null;
            }

            var written = new WrittenLedger(this, new HeldLedger(Id, Term, holder.TakeSnapshot(Now(), withWindows: false)), waiters);
            waiters = null;
            return written;
        }
    }

    public void Stored(WrittenLedger written)
    {
        lock (gate)
        {
            holder.Stored();
        }

        written.Waiters?.ForEach(waiter => waiter.TrySetResult());
    }

    /// <summary>A snapshot did not arrive: it is to be taken again.</summary>
    public void NotStored(WrittenLedger written)
    {
        lock (gate)
        {
            holder.NotStored(Now());
            if (written.Waiters is not null)
            {
                (waiters ??= []).AddRange(written.Waiters);
            }

            if (isOver)
            {
                Refuse();
            }
            else
            {
                services.Writer.Changed(this, isUrgent: false);
            }
        }
    }

    /// <summary>Ends the holding cleanly. False when it was over already.</summary>
    public bool TryEnd([NotNullWhen(true)] out HeldLedger? last)
    {
        lock (gate)
        {
            last = isOver ? null : new HeldLedger(Id, Term, holder.TakeSnapshot(Now(), withWindows: true));
            isOver = true;
            Refuse();
            return last is not null;
        }
    }

    /// <summary>The claim is lost: the grain goes, so that the next call finds the new holder.</summary>
    public void Drop()
    {
        lock (gate)
        {
            isOver = true;
            Refuse();
        }

        grain.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another silo took the claim."));
    }

    /// <summary>The grain goes on another silo, as soon as it has nothing to do; it gives the claim back on its way.</summary>
    public void MoveWith(Dictionary<string, object> placementHint) => grain.Migrate(placementHint);

    private void ThrowIfOver()
    {
        if (isOver)
        {
            throw Gone();
        }
    }

    private LedgerUnavailableException Gone() => new($"The ledger of key {Id} is no longer held here. Try again: its new holder is found then.");

    private void Refuse()
    {
        waiters?.ForEach(waiter => waiter.TrySetException(Gone()));
        waiters = null;
    }

    private void Queue()
    {
        if (holder.IsChanged)
        {
            services.Writer.Changed(this, holder.IsUrgent);
        }
    }

    private DateTimeOffset Now()
    {
        var time = services.Clock.Read();
        if (time.Shift != clockShift)
        {
            holder.ClockWasSet(time.Shift - clockShift, time.Now);
            clockShift = time.Shift;
        }

        return time.Now;
    }
}
