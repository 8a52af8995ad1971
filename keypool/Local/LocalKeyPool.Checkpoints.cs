namespace GeminiBalance.KeyPool;

/// <content>Writing to the store, in the background: what changed, and the claim without which nothing may be granted.</content>
public sealed partial class LocalKeyPool
{
    private const int KeysPerSection = 64;
    private static readonly DateTimeOffset EndlessClaim = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ITimer checkpointTimer;
    private readonly Queue<LocalKey> dirty = new();
    private bool isOpen;
    private bool isWriting;
    private bool isDegraded;
    private long failedWrites;
    private long checkpointAt = long.MaxValue;
    private long renewAt = long.MaxValue;
    private DateTimeOffset claimUntil = DateTimeOffset.MinValue;
    private TaskCompletionSource? writeEnded;

    public PoolHealth Health
    {
        get
        {
            lock (gate)
            {
                return new PoolHealth(MayGrant(time.GetUtcNow()), isDegraded, failedWrites, claimUntil);
            }
        }
    }

    private bool MayGrant(DateTimeOffset now) => isOpen && (now <= claimUntil || options.GrantsWithoutStore);

    // A pool that goes on without its store may grant long after its last renewal: whoever finds its claim open must expect grants until then.
    private DateTimeOffset ClaimToStore(DateTimeOffset validUntil) => options.GrantsWithoutStore ? EndlessClaim : validUntil;

    private void MarkDirty(LocalKey key, bool isUrgent, DateTimeOffset now)
    {
        if (!key.IsDirty)
        {
            key.IsDirty = true;
            dirty.Enqueue(key);
        }

        ScheduleCheckpoint(isUrgent ? now : now + options.CheckpointInterval, now);
    }

    private void RequestCheckpoint(DateTimeOffset now) => ScheduleCheckpoint(now, now);

    private void ScheduleCheckpoint(DateTimeOffset due, DateTimeOffset now)
    {
        if (!isOpen || due.UtcTicks >= checkpointAt)
        {
            return;
        }

        checkpointAt = due.UtcTicks;
        if (!isWriting)
        {
            checkpointTimer.Change(due > now ? due - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnCheckpointDue()
    {
        lock (gate)
        {
            if (isWriting || !isOpen)
            {
                return;
            }

            isWriting = true;
            writeEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = WriteChangesAsync();
    }

    private async Task WriteChangesAsync()
    {
        bool isMore;
        do
        {
            var written = new List<LocalKey>();
            try
            {
                var validUntil = time.GetUtcNow() + options.ClaimValidity;
                await store.SaveAsync(TakeCheckpoint(written, validUntil), CancellationToken.None);
                isMore = WriteSucceeded(written, validUntil);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever is thrown must neither reach a call nor end the writing: it is shown as health, and tried again.
                isMore = WriteFailed(written, exception);
            }
        }
        while (isMore);
    }

    private PoolCheckpoint TakeCheckpoint(List<LocalKey> written, DateTimeOffset validUntil)
    {
        var now = time.GetUtcNow();
        var changed = new List<KeyLedgerSnapshot>();
        var shared = new Dictionary<LocalProject, KeyLedgerSnapshot>();
        bool isMore;
        do
        {
            lock (gate)
            {
                checkpointAt = long.MaxValue;
                for (var i = 0; i < KeysPerSection && written.Count < options.CheckpointKeysMax && dirty.TryDequeue(out var key); i++)
                {
                    key.IsDirty = false;
                    if (key.Slot >= 0)
                    {
                        written.Add(key);
                        changed.Add(key.Ledger.TakeSnapshot(now, withWindows: false));
                        if (key.Project is { } project)
                        {
                            shared[project] = project.Ledger.TakeSnapshot(now, withWindows: false); // The last one counts.
                        }
                    }
                }

                isMore = dirty.Count > 0 && written.Count < options.CheckpointKeysMax;
            }
        }
        while (isMore);
        return new PoolCheckpoint([.. changed, .. shared.Values], ClaimToStore(validUntil));
    }

    private bool WriteSucceeded(List<LocalKey> written, DateTimeOffset validUntil)
    {
        using (var section = new Section(this))
        {
            claimUntil = validUntil;
            isDegraded = false;
            renewAt = (validUntil - options.ClaimValidity + options.ClaimRenewal).UtcTicks;
            Stored(written, section.Now);
            if (isOpen && dirty.Count >= options.CheckpointKeysMax)
            {
                return true;
            }

            WriteEnded(section.Now, dirty.Count > 0 ? section.Now + options.CheckpointInterval : DateTimeOffset.MaxValue);
            return false;
        }
    }

    private bool WriteFailed(List<LocalKey> written, Exception exception)
    {
        using (var section = new Section(this))
        {
            isDegraded = true;
            failedWrites++;
            foreach (var key in written.Where(key => !key.IsDirty && key.Slot >= 0))
            {
                key.IsDirty = true;
                dirty.Enqueue(key);
            }

            if (options.GrantsWithoutStore)
            {
                Stored(written, section.Now);
            }

            checkpointAt = long.MaxValue; // A failing store is asked again after an interval, however urgent it is.
            WriteEnded(section.Now, section.Now + options.CheckpointInterval);
        }

        options.StoreFailed?.Invoke(exception);
        return false;
    }

    /// <summary>Day counts have arrived: keys that waited for it may be used again.</summary>
    private void Stored(List<LocalKey> written, DateTimeOffset now)
    {
        foreach (var key in written.Where(key => key.Slot >= 0))
        {
            key.Ledger.SnapshotStored();
            key.Project?.Ledger.SnapshotStored();
            IsStored(key);
            foreach (var other in key.Project?.Keys ?? [])
            {
                IsStored(other);
            }
        }

        PumpAll(now);
    }

    private void IsStored(LocalKey key)
    {
        foreach (var queue in queues.All)
        {
            if (queue.Keys.StandingOf(key.Slot) == KeyStanding.AwaitsStore)
            {
                queue.Keys.MakeReady(key.Slot);
            }
        }
    }

    private void WriteEnded(DateTimeOffset now, DateTimeOffset next)
    {
        isWriting = false;
        writeEnded?.TrySetResult();
        var due = Math.Min(next.UtcTicks, Math.Min(checkpointAt, renewAt > now.UtcTicks ? renewAt : long.MaxValue));
        checkpointAt = long.MaxValue;
        if (due != long.MaxValue)
        {
            ScheduleCheckpoint(new DateTimeOffset(due, TimeSpan.Zero), now);
        }
    }
}
