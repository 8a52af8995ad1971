using System.Diagnostics.CodeAnalysis;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>The ledgers this silo holds.</summary>
public sealed class HeldKeys
{
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, HeldKey> keys = [];
    private HashSet<LostClaim> knownLost = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return keys.Count;
            }
        }
    }

    /// <summary>All of them as they are now.</summary>
    internal IReadOnlyList<HeldKey> All
    {
        get
        {
            lock (gate)
            {
                return [.. keys.Values];
            }
        }
    }

    /// <summary>Adds a holder. False when the store said that its claim is lost while the answer to the claim was still on its way.</summary>
    internal bool TryAdd(HeldKey key)
    {
        lock (gate)
        {
            if (knownLost.Contains(new LostClaim(key.Id, key.Term)))
            {
                return false;
            }

            keys[key.Id] = key;
            return true;
        }
    }

    internal bool TryFind(KeyId id, [NotNullWhen(true)] out HeldKey? key)
    {
        lock (gate)
        {
            return keys.TryGetValue(id, out key);
        }
    }

    /// <summary>Removes this holder, and no later one of the same key.</summary>
    internal void Remove(HeldKey key)
    {
        lock (gate)
        {
            if (keys.GetValueOrDefault(key.Id) == key)
            {
                keys.Remove(key.Id);
            }
        }
    }

    /// <summary>Drops the holders whose claims the store calls lost, and those to come.</summary>
    /// <returns>How many there were.</returns>
    internal int Lose(IReadOnlyList<LostClaim> lost)
    {
        List<HeldKey> dropped;
        lock (gate)
        {
            knownLost = [.. lost];
            dropped = [.. lost.Where(claim => keys.GetValueOrDefault(claim.Key) is { IsOver: false } key && key.Term == claim.Term).Select(claim => keys[claim.Key])];
        }

        dropped.ForEach(key => key.Drop());
        return dropped.Count;
    }
}
