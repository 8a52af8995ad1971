namespace GeminiBalance.KeyPool;

/// <summary>The models in use. Bounded, since clients may name any: the one that was idle longest goes first; its queue is only hints.</summary>
/// <param name="placesMax">Places in the queues of all models together; a model takes one for each key.</param>
/// <param name="modelsMax">Models at the most, however few the keys.</param>
/// <param name="countKeys">Keys in the pool.</param>
/// <param name="create">Makes the queue of a model, with all keys in it.</param>
internal sealed class ModelQueues<TQueue>(int placesMax, int modelsMax, Func<int> countKeys, Func<string, TQueue> create)
    where TQueue : ModelQueue
{
    private readonly Dictionary<string, TQueue> byModel = new(StringComparer.Ordinal);

    public IReadOnlyCollection<TQueue> All => byModel.Values;

    public TQueue? Find(string model) => byModel.GetValueOrDefault(model);

    /// <summary>Null when every place is taken by a model with waiting calls.</summary>
    public TQueue? GetOrAdd(string model, long now)
    {
        if (byModel.TryGetValue(model, out var queue))
        {
            queue.LastUsed = now;
            return queue;
        }

        if (!HasRoom(now))
        {
            return null;
        }

        queue = create(model);
        queue.LastUsed = now;
        byModel.Add(model, queue);
        return queue;
    }

    private bool HasRoom(long now)
    {
        var bound = Math.Clamp(placesMax / Math.Max(1, countKeys()), 1, modelsMax);
        while (byModel.Count >= bound)
        {
            if (byModel.Values.Where(queue => queue.IsIdle && queue.PausedUntil <= now).MinBy(queue => queue.LastUsed) is not { } idle)
            {
                return false;
            }

            byModel.Remove(idle.Model);
        }

        return true;
    }
}
