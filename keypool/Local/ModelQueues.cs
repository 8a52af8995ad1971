namespace GeminiBalance.KeyPool;

/// <summary>The models in use. Bounded, since clients may name any: the one that was idle longest goes first; its queue is only hints.</summary>
internal sealed class ModelQueues(KeyRoster roster, LocalKeyPoolOptions options)
{
    private readonly Dictionary<string, ModelQueue> byModel = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ModelQueue> All => byModel.Values;

    public ModelQueue? Find(string model) => byModel.GetValueOrDefault(model);

    /// <summary>Null when every place is taken by a model with waiting calls.</summary>
    public ModelQueue? GetOrAdd(string model, long now)
    {
        if (byModel.TryGetValue(model, out var queue))
        {
            queue.LastUsed = now;
            return queue;
        }

        return HasRoom(now) ? Add(model, now) : null;
    }

    public void Add(PoolKey key)
    {
        foreach (var queue in byModel.Values)
        {
            queue.Keys.MakeReady(key.Slot);
        }
    }

    public void Remove(int slot)
    {
        foreach (var queue in byModel.Values)
        {
            queue.Keys.Remove(slot);
        }
    }

    private bool HasRoom(long now)
    {
        var bound = Math.Clamp(options.QueuePlacesMax / Math.Max(1, roster.Count), 1, options.ModelsMax);
        while (byModel.Count >= bound)
        {
            if (byModel.Values.Where(queue => queue.WaiterCount == 0 && queue.PausedUntil <= now).MinBy(queue => queue.LastUsed) is not { } idle)
            {
                return false;
            }

            byModel.Remove(idle.Model);
        }

        return true;
    }

    private ModelQueue Add(string model, long now)
    {
        var queue = new ModelQueue(model) { LastUsed = now };
        byModel.Add(model, queue);
        queue.Keys.Reserve(roster.SlotCount);
        for (var slot = 0; slot < roster.SlotCount; slot++)
        {
            if (roster.At(slot) is not { } key)
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
}
