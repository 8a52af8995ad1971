namespace GeminiBalance.KeyPool;

/// <summary>Which key served a conversation last. Bounded: the conversation that was silent longest is forgotten first.</summary>
internal sealed class AffinityMap<TKey>(int capacity)
    where TKey : PoolKey
{
    private const int None = -1;
    private readonly Dictionary<ulong, int> indexes = [];
    private Entry[] entries = [];
    private int newest = None;
    private int oldest = None;

    public int Count => indexes.Count;

    public TKey? Find(ulong conversation) => indexes.TryGetValue(conversation, out var index) ? entries[index].Key : null;

    public void Set(ulong conversation, TKey key)
    {
        if (capacity <= 0)
        {
            return;
        }

        if (!indexes.TryGetValue(conversation, out var index))
        {
            index = TakeIndex();
            indexes.Add(conversation, index);
        }
        else
        {
            Unlink(index);
        }

        entries[index] = new Entry(conversation, key, None, newest);
        if (newest != None)
        {
            entries[newest].Newer = index;
        }

        newest = index;
        oldest = oldest == None ? index : oldest;
    }

    private int TakeIndex()
    {
        if (indexes.Count < capacity)
        {
            if (indexes.Count == entries.Length)
            {
                Array.Resize(ref entries, Math.Min(capacity, Math.Max(16, 2 * entries.Length)));
            }

            return indexes.Count;
        }

        var victim = oldest;
        Unlink(victim);
        indexes.Remove(entries[victim].Conversation);
        return victim;
    }

    private void Unlink(int index)
    {
        var (newer, older) = (entries[index].Newer, entries[index].Older);
        if (newer == None)
        {
            newest = older;
        }
        else
        {
            entries[newer].Older = older;
        }

        if (older == None)
        {
            oldest = newer;
        }
        else
        {
            entries[older].Newer = newer;
        }
    }

    private record struct Entry(ulong Conversation, TKey Key, int Newer, int Older);
}
