namespace GeminiBalance.KeyPool;

/// <content>What people decide about keys.</content>
public sealed partial class LocalKeyPool
{
    public async ValueTask<bool> ChangeProfileAsync(KeyId id, KeyProfileChange change, CancellationToken cancellationToken)
    {
        await administration.WaitAsync(cancellationToken);
        try
        {
            StoredKey row;
            lock (gate)
            {
                if (!roster.TryFind(id, out var key))
                {
                    return false;
                }

                row = new StoredKey(key.Key, change.Apply(key.Profile), null);
            }

            await store.AddKeysAsync([row], cancellationToken);
            using (var section = new Section(this))
            {
                TakeOver(id, row.Profile, section.Now);
            }

            return true;
        }
        finally
        {
            administration.Release();
        }
    }

    private void TakeOver(KeyId id, KeyProfile profile, DateTimeOffset now)
    {
        if (!roster.TryFind(id, out var key))
        {
            return;
        }

        var isElsewhere = ProjectId.Of(profile) != ProjectId.Of(key.Profile);
        key.Profile = profile;
        if (isElsewhere)
        {
            JoinProject(key, now);
            MarkDirty(key, isUrgent: true, now);
        }

        key.Ledger.ConfiguredWeight = profile.Weight;
        foreach (var queue in queues.All)
        {
            if (queue.Takes(key))
            {
                selector.Reconsider(queue, key, now);
            }
            else
            {
                queue.Keys.Remove(key.Slot);
            }

            queue.NextPump = queue.WaiterCount > 0 ? now.UtcTicks : queue.NextPump;
        }

        PumpAll(now);
    }
}
