using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.KeyPool;

/// <summary>The keys of the pool, by id and by slot. A slot of a removed key is used again.</summary>
internal sealed class KeyRoster
{
    private readonly Dictionary<KeyId, PoolKey> byId = [];
    private readonly List<PoolKey?> bySlot = [];
    private readonly Stack<int> free = new();

    public int Count => byId.Count;

    /// <summary>All slots lie below.</summary>
    public int SlotCount => bySlot.Count;

    public IEnumerable<PoolKey> All => byId.Values;

    public PoolKey? At(int slot) => slot < bySlot.Count ? bySlot[slot] : null;

    public bool TryFind(KeyId id, [NotNullWhen(true)] out PoolKey? key) => byId.TryGetValue(id, out key);

    public bool TryAdd(PoolKey key)
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

    public void Remove(PoolKey key)
    {
        byId.Remove(key.Key.Id);
        bySlot[key.Slot] = null;
        free.Push(key.Slot);
        key.Slot = -1;
    }
}
