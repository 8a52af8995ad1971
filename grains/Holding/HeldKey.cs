using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>A ledger that this silo holds: the grain works with it, the writer takes its snapshots. Whoever touches the holder has the lock.</summary>
internal sealed class HeldKey(KeyId id, IGrainContext grain, LedgerHolder holder)
{
    private List<TaskCompletionSource>? stored;

    public KeyId Id { get; } = id;

    public Lock Gate { get; } = new();

    public LedgerHolder Holder { get; } = holder;

    /// <summary>Whether it waits for the writer.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the claim is another's now, or was given back: nothing may be granted or written any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Ends when the ledger as it is now is in the store. To be called under the lock.</summary>
    public Task WhenStored()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (stored ??= []).Add(waiter);
        return waiter.Task;
    }

    /// <summary>Those who wait for the snapshot that is taken now. To be called under the lock.</summary>
    public IReadOnlyList<TaskCompletionSource> TakeWaiters()
    {
        IReadOnlyList<TaskCompletionSource> taken = stored ?? [];
        stored = null;
        return taken;
    }

    /// <summary>Puts back those whose snapshot did not arrive. To be called under the lock.</summary>
    public void ReturnWaiters(IReadOnlyList<TaskCompletionSource> waiters)
    {
        if (waiters.Count > 0)
        {
            (stored ??= []).AddRange(waiters);
        }
    }

    public void End()
    {
        lock (Gate)
        {
            IsOver = true;
            foreach (var waiter in TakeWaiters())
            {
                waiter.TrySetException(new LedgerUnavailableException($"The ledger of key {Id} is held by another silo now. Try again."));
            }
        }
    }

    /// <summary>The claim is lost: the grain goes, so that the next call finds the new holder.</summary>
    public void Drop()
    {
        End();
        grain.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another silo took the claim."));
    }
}
