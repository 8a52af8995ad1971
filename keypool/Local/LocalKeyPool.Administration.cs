namespace GeminiBalance.KeyPool;

/// <content>The list of keys for people.</content>
public sealed partial class LocalKeyPool
{
    private const int RemovedMax = 10_000;
    private readonly SemaphoreSlim administration = new(1, 1);
    private readonly Dictionary<KeyId, KeyLedger> removed = [];

    public ValueTask<IReadOnlyList<KeyStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var list = new List<KeyStatus>();
        for (var first = 0; ListSome(first, list); first += KeysPerSection)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new ValueTask<IReadOnlyList<KeyStatus>>(list);
    }

    public async ValueTask<KeyStatusPage> PageAsync(KeyPageQuery query, CancellationToken cancellationToken) => KeyStatusPage.Of(await ListAsync(cancellationToken), query);

    public ValueTask<KeyStatus?> FindAsync(KeyId id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new ValueTask<KeyStatus?>(roster.TryFind(id, out var key) ? StatusOf(key, time.GetUtcNow()) : null);
        }
    }

    public async ValueTask<IReadOnlyList<KeyId>> AddAsync(IReadOnlyCollection<ApiKey> keys, KeyProfile profile, CancellationToken cancellationToken)
    {
        await administration.WaitAsync(cancellationToken);
        try
        {
            profile = profile with { AddedAt = time.GetUtcNow() };
            List<StoredKey> added;
            lock (gate)
            {
                added = [.. keys.DistinctBy(key => key.Id).Where(key => !roster.TryFind(key.Id, out _)).Select(key => new StoredKey(key, profile, null))];
            }

            if (added.Count > 0)
            {
                Admit(await store.AddKeysAsync(added, cancellationToken));
            }

            return [.. added.Select(key => key.Key.Id)];
        }
        finally
        {
            administration.Release();
        }
    }

    public async ValueTask<bool> RemoveAsync(KeyId id, CancellationToken cancellationToken)
    {
        await administration.WaitAsync(cancellationToken);
        try
        {
            lock (gate)
            {
                if (!roster.TryFind(id, out _))
                {
                    return false;
                }
            }

            await store.RemoveKeyAsync(id, cancellationToken);
            using (var section = new Section(this))
            {
                Expel(id, section.Now);
            }

            return true;
        }
        finally
        {
            administration.Release();
        }
    }

    public ValueTask<bool> DisableAsync(KeyId id, string reason, CancellationToken cancellationToken) =>
        new(Change(id, (key, now) => key.Ledger.Disable(reason, now)));

    public ValueTask<bool> EnableAsync(KeyId id, CancellationToken cancellationToken) => new(Change(id, (key, _) =>
    {
        key.Ledger.Enable();
        key.Project?.Ledger.Enable();
    }));

    public ValueTask<KeyLease?> LeaseForProbeAsync(KeyId id, string model, CancellationToken cancellationToken)
    {
        using (var section = new Section(this))
        {
            if (!MayGrant(section.Now) || !roster.TryFind(id, out var key))
            {
                return default;
            }

            var decision = key.TryGrant(model, selector.Limits.Resolve(key.Key, model), 1, section.Now, isProbe: true);
            return new ValueTask<KeyLease?>(decision.IsGranted ? Grant(key, model, decision, section.Now) : null);
        }
    }

    private bool ListSome(int first, List<KeyStatus> list)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var end = Math.Min(roster.SlotCount, first + KeysPerSection);
            for (var slot = first; slot < end; slot++)
            {
                if (roster.At(slot) is { } key)
                {
                    list.Add(StatusOf(key, now));
                }
            }

            return end < roster.SlotCount;
        }
    }

    private KeyStatus StatusOf(LocalKey key, DateTimeOffset now) =>
        key.StatusAt(model => selector.Limits.Resolve(key.Key, model), now);

    private void Admit(IReadOnlyList<StoredKey> added)
    {
        using (var section = new Section(this))
        {
            foreach (var row in added)
            {
                var key = NewKey(row.Key, row.Profile);
                if (removed.Remove(row.Key.Id, out var ledger))
                {
                    // Removing and adding a key again must not give its quota back.
                    ledger.Enable();
                    key = new LocalKey(row.Key, row.Profile, ledger);
                }
                else if (row.Ledger is not null)
                {
                    // Removed before this process began: what it spent until then was written without its windows.
                    key.Ledger.Restore(row.Ledger, section.Now, section.Now);
                    key.Ledger.Enable();
                }

                if (roster.TryAdd(key))
                {
                    JoinProject(key, section.Now);
                    foreach (var queue in queues.All.Where(queue => queue.Takes(key)))
                    {
                        queue.Keys.MakeReady(key.Slot);
                    }

                    MarkDirty(key, isUrgent: key.Project is not null, section.Now);
                }
            }

            PumpAll(section.Now);
        }
    }

    private void Expel(KeyId id, DateTimeOffset now)
    {
        if (!roster.TryFind(id, out var key))
        {
            return;
        }

        if (removed.Count < RemovedMax)
        {
            removed[id] = key.Ledger;
        }

        foreach (var queue in queues.All)
        {
            queue.Keys.Remove(key.Slot);
        }

        foreach (var queue in waiting.Queues)
        {
            // Calls pinned to the key are answered by their next turn; the slot may get another key.
            queue.NextPump = now.UtcTicks;
        }

        key.Join(null);
        roster.Remove(key);
        PumpAll(now);
    }

    private bool Change(KeyId id, Action<LocalKey, DateTimeOffset> change)
    {
        using (var section = new Section(this))
        {
            if (!roster.TryFind(id, out var key))
            {
                return false;
            }

            change(key, section.Now);
            MarkDirty(key, isUrgent: true, section.Now);
            ReconsiderEverywhere(key, section.Now);
            return true;
        }
    }
}
