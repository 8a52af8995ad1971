using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>The ledgers this silo holds.</summary>
public sealed class HeldKeys
{
    private readonly ConcurrentDictionary<KeyId, HeldKey> keys = new();

    public int Count => keys.Count;

    internal void Add(HeldKey key) => keys[key.Id] = key;

    /// <summary>Removes this holder, and no later one of the same key.</summary>
    internal void Remove(HeldKey key) => keys.TryRemove(new KeyValuePair<KeyId, HeldKey>(key.Id, key));

    internal bool TryFind(KeyId id, [NotNullWhen(true)] out HeldKey? key) => keys.TryGetValue(id, out key);
}
