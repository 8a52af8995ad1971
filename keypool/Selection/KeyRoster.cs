using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.KeyPool;

/// <summary>The keys of the pool, by id and by slot. A slot of a removed key is used again.</summary>
internal sealed class KeyRoster<TKey>
    where TKey : PoolKey
{
    private readonly Dictionary<KeyId, TKey> byId = [];
    private readonly List<TKey?> bySlot = [];
    private readonly Stack<int> free = new();

    public int Count => byId.Count;

    /// <summary>All slots lie below.</summary>
    public int SlotCount => bySlot.Count;

    public IEnumerable<TKey> All => byId.Values;

    public TKey? At(int slot) => slot < bySlot.Count ? bySlot[slot] : null;

    public bool TryFind(KeyId id, [NotNullWhen(true)] out TKey? key) => byId.TryGetValue(id, out key);

    public bool TryAdd(TKey key)
    {
        if (!byId.TryAdd(key.Key.Id, key))
        {
            return false;
        }

        if (free.TryPop(out var slot))
        {
            bySlot[slot] = key;
        }
        else
        {
            slot = bySlot.Count;
            bySlot.Add(key);
        }

        key.Slot = slot;
        return true;
    }

    public void Remove(TKey key)
    {
        byId.Remove(key.Key.Id);
        bySlot[key.Slot] = null;
        free.Push(key.Slot);
        key.Slot = -1;
    }
}
