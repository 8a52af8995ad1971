using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>A snapshot on its way to the store, and those who wait for it there.</summary>
internal sealed record WrittenLedger(HeldKey Key, HeldLedger Ledger, IReadOnlyList<TaskCompletionSource> Waiters)
{
    public void Arrived(bool isLost)
    {
        if (isLost)
        {
            Failed(null);
            Key.Drop();
            return;
        }

        lock (Key.Gate)
        {
            Key.Holder.Stored();
        }

        foreach (var waiter in Waiters)
        {
            waiter.TrySetResult();
        }
    }

    /// <param name="now">The time; null when the ledger is not to be written again.</param>
    public void Failed(DateTimeOffset? now)
    {
        lock (Key.Gate)
        {
            Key.ReturnWaiters(Waiters);
            if (now is { } moment)
            {
                Key.Holder.NotStored(moment);
            }
        }
    }
}
