namespace GeminiBalance.KeyPool;

/// <content>The keys, the gateways that share them, and the limits.</content>
public sealed partial class ClusterKeyPool
{
    private ulong self;
    private ulong[] others = [];

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
                return [.. roster.All.Select(key => new RosterKey(key.Key, key.Profile))];
            }
        }
    }

    public RosterKey? Find(KeyId id)
    {
        lock (gate)
        {
            return roster.TryFind(id, out var key) ? new RosterKey(key.Key, key.Profile) : null;
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
                    known.Profile = row.Profile;
                    ReconsiderEverywhere(known);
                    continue;
                }

                var key = new ClusterKey(row.Key, row.Profile) { IsOwn = KeyShares.IsOwn(row.Key.Id, self, others) };
                roster.TryAdd(key);
                foreach (var queue in queues.All)
                {
                    queue.Of(key).MakeReady(key.Slot);
                }
            }

            PumpAll(section.Now);
        }
    }

    /// <summary>Says which gateways live, this one included; each prefers its own share of the keys.</summary>
    public void SetGateways(string own, IReadOnlyCollection<string> gateways)
    {
        var hash = KeyShares.HashOf(own);
        var rest = gateways.Where(gateway => gateway != own).Select(KeyShares.HashOf).Order().ToArray();
        using (var section = new Section(this))
        {
            if (hash == self && rest.AsSpan().SequenceEqual(others))
            {
                return;
            }

            (self, others) = (hash, rest);
            foreach (var key in roster.All)
            {
                var isOwn = KeyShares.IsOwn(key.Key.Id, self, others);
                if (isOwn == key.IsOwn)
                {
                    continue;
                }

                foreach (var queue in queues.All)
                {
                    queue.Of(key).MoveTo(key.IsOwn ? queue.Others : queue.Keys, key.Slot);
                }

                (key.IsOwn, key.Refusals) = (isOwn, 0);
                foreach (var queue in queues.All.Where(queue => isOwn && queue.StandingOf(key) == KeyStanding.Waiting))
                {
                    queue.Reconsider(key); // What it waits for includes the courtesy to its former gateway.
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
                ReconsiderEverywhere(key);
                PumpAll(section.Now);
            }
        }
    }

    /// <summary>Leases one key for a probe although it is out of use; its quota still counts. Null when it has no token now, is unknown or cannot be asked.</summary>
    public async ValueTask<KeyLease?> LeaseForProbeAsync(KeyId id, string model, CancellationToken cancellationToken)
    {
        ClusterKey? key;
        LedgerAsk message;
        var askedAt = time.GetUtcNow();
        lock (gate)
        {
            if (!isOpen || !roster.TryFind(id, out key))
            {
                return null;
            }

            message = new LedgerAsk(model, limits.Resolve(key.Key, model), [1], IsProbe: true, key.TakePending());
        }

        cancellationToken.ThrowIfCancellationRequested();
        LedgerAnswer answer;
        try
        {
            answer = await ledgers.AskAsync(id, message).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            options.AskFailed?.Invoke(id, failure);
            return null;
        }

        return answer.Grants.Count > 0 ? NewLease(key, model, askedAt, answer, answer.Grants[0]) : null;
    }

    private ClusterQueue NewQueue(string model)
    {
        var queue = new ClusterQueue(model);
        queue.Keys.Reserve(roster.SlotCount);
        for (var slot = 0; slot < roster.SlotCount; slot++)
        {
            if (roster.At(slot) is { } key)
            {
                queue.Of(key).MakeReady(slot);
            }
        }

        return queue;
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

        roster.Remove(key);
    }

    private void ReconsiderEverywhere(ClusterKey key)
    {
        foreach (var queue in queues.All)
        {
            queue.Reconsider(key);
        }
    }

    private static bool IsToBeAskedAgain(KeyStanding standing) => standing is not (KeyStanding.Asked or KeyStanding.Silent);
}
