namespace GeminiBalance.KeyPool;

/// <content>The keys, and the limits.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>The configured limits. A change takes effect at once.</summary>
    public KeyLimitTable Limits
    {
        get => limits;
        set
        {
            using (var section = new Section(this))
            {
                limits = value;
                foreach (var queue in queues.All)
                {
                    queue.Keys.Reconsider(IsToBeAskedAgain);
                    queue.Others.Reconsider(IsToBeAskedAgain);
                    Pump(queue, section.Now);
                }
            }
        }
    }

    /// <summary>All keys, in no order.</summary>
    public IReadOnlyList<RosterKey> Keys
    {
        get
        {
            lock (gate)
            {
                return [.. roster.All.Select(key => key.Row)];
            }
        }
    }

    public RosterKey? Find(KeyId id)
    {
        lock (gate)
        {
            return roster.TryFind(id, out var key) ? key.Row : null;
        }
    }

    /// <summary>Takes over changes of the roster. A key that is named again is asked again: somebody may have switched it on or off.</summary>
    public void ApplyKeys(IReadOnlyCollection<RosterKey> changed, IReadOnlyCollection<KeyId> removed)
    {
        using (var section = new Section(this))
        {
            foreach (var id in removed)
            {
                Expel(id, section.Now);
            }

            foreach (var row in changed)
            {
                if (roster.TryFind(row.Key.Id, out var known))
                {
                    TakeOver(known, row, section.Now);
                    Reconsider(known);
                }
                else
                {
                    Admit(new ClusterKey(row));
                }
            }

            PumpAll(section.Now);
        }
    }

    /// <summary>A key's state was changed: whatever is believed about it is asked anew.</summary>
    public void Reconsider(KeyId id)
    {
        using (var section = new Section(this))
        {
            if (roster.TryFind(id, out var key))
            {
                Reconsider(key);
                PumpAll(section.Now);
            }
        }
    }

    private ClusterQueue NewQueue(string model, KeyRequirement needs)
    {
        var queue = new ClusterQueue(model, needs, new RecentDemand(options.SparesWithin.Ticks));
        queue.Keys.Reserve(roster.SlotCount);
        for (var slot = 0; slot < roster.SlotCount; slot++)
        {
            if (roster.At(slot) is { } key && queue.Takes(key))
            {
                queue.Of(key).MakeReady(slot);
            }
        }

        return queue;
    }

    private void Admit(ClusterKey key)
    {
        SetOwn(key, KeyShares.IsOwn(key.Key.Id, self, others));
        roster.TryAdd(key);
        foreach (var queue in queues.All.Where(queue => queue.Takes(key)))
        {
            queue.Of(key).MakeReady(key.Slot);
        }
    }

    private void TakeOver(ClusterKey key, RosterKey row, DateTimeOffset now)
    {
        if (key.Profile.Project != row.Profile.Project || key.Profile.Kind != row.Profile.Kind)
        {
            Post(key); // To the ledger that granted.
        }

        key.Become(row);
        foreach (var queue in queues.All.Where(queue => !queue.Takes(key)))
        {
            queue.Of(key).Remove(key.Slot);
            queue.NextPump = queue.WaiterCount > 0 ? now.UtcTicks : queue.NextPump;
        }
    }

    private void Expel(KeyId id, DateTimeOffset now)
    {
        if (!roster.TryFind(id, out var key))
        {
            return;
        }

        Post(key);
        foreach (var queue in queues.All)
        {
            queue.Of(key).Remove(key.Slot);
            queue.NextPump = queue.WaiterCount > 0 ? now.UtcTicks : queue.NextPump;
        }

        SetOwn(key, false);
        roster.Remove(key);
    }

    private void Reconsider(ClusterKey key)
    {
        key.Version++;
        foreach (var queue in queues.All)
        {
            queue.Reconsider(key);
        }
    }

    private static bool IsToBeAskedAgain(KeyStanding standing) => standing is not (KeyStanding.Asked or KeyStanding.Overdue or KeyStanding.Silent);
}
