namespace GeminiBalance.KeyPool;

/// <summary>
/// The models in use, each with a queue for every need that its calls have. Bounded, since clients may name any model: the queue that was idle
/// longest goes first, before all those that never served a call; it is only hints.
/// </summary>
/// <param name="placesMax">Places in all queues together; a queue takes one for each key.</param>
/// <param name="queuesMax">Queues at the most, however few the keys.</param>
/// <param name="countKeys">Keys in the pool.</param>
/// <param name="create">Makes the queue of a model and a need, with all keys in it that meet it.</param>
internal sealed class ModelQueues<TQueue>(int placesMax, int queuesMax, Func<int> countKeys, Func<string, KeyRequirement, TQueue> create)
    where TQueue : ModelQueue
{
    private static readonly List<TQueue> Nothing = [];
    private readonly Dictionary<string, List<TQueue>> byModel = new(StringComparer.Ordinal);
    private readonly List<TQueue> all = [];

    /// <summary>Not to be changed.</summary>
    public List<TQueue> All => all;

    /// <summary>The queues of a model. Those of calls that can use the fewest keys come first, so that these are served first. Not to be changed.</summary>
    public List<TQueue> Of(string model) => byModel.GetValueOrDefault(model) ?? Nothing;

    /// <summary>The model's queue of the most calls that has the key.</summary>
    public TQueue? FindFor(string model, PoolKey key)
    {
        var family = Of(model);
        for (var i = family.Count - 1; i >= 0; i--)
        {
            if (family[i].Takes(key))
            {
                return family[i];
            }
        }

        return null;
    }

    /// <summary>Null when every place is taken by a queue with waiting calls.</summary>
    public TQueue? GetOrAdd(string model, KeyRequirement needs, long now)
    {
        foreach (var known in Of(model))
        {
            if (known.Needs.Equals(needs))
            {
                known.LastUsed = now;
                return known;
            }
        }

        if (!HasRoom(now))
        {
            return null;
        }

        var queue = create(model, needs);
        queue.LastUsed = now;
        Add(queue);
        return queue;
    }

    private void Add(TQueue queue)
    {
        if (!byModel.TryGetValue(queue.Model, out var family))
        {
            byModel.Add(queue.Model, family = []);
        }

        var place = family.FindIndex(other => other.Needs.Tags.Count < queue.Needs.Tags.Count);
        family.Insert(place < 0 ? family.Count : place, queue);
        all.Add(queue);
    }

    private bool HasRoom(long now)
    {
        var bound = Math.Clamp(placesMax / Math.Max(1, countKeys()), 1, queuesMax);
        while (all.Count >= bound)
        {
            if (all.Where(queue => queue.IsIdle && queue.PausedUntil <= now).MinBy(queue => (queue.HasServed, queue.LastUsed)) is not { } idle)
            {
                return false;
            }

            Remove(idle);
        }

        return true;
    }

    private void Remove(TQueue queue)
    {
        all.Remove(queue);
        queue.IsGone = true;
        var family = byModel[queue.Model];
        family.Remove(queue);
        if (family.Count == 0)
        {
            byModel.Remove(queue.Model);
        }
    }
}
