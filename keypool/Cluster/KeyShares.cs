using System.Globalization;

namespace GeminiBalance.KeyPool;

/// <summary>
/// Which gateway prefers which key: for each key the gateway with the highest mix of both names (rendezvous hashing), so that every gateway
/// comes to the same result alone, and a gateway that comes or goes moves only its own keys.
/// </summary>
internal static class KeyShares
{
    public static bool IsOwn(KeyId key, ulong self, IReadOnlyList<ulong> others)
    {
        var name = HashOf(key.Value);
        var own = Mix(name, self);
        foreach (var other in others)
        {
            var theirs = Mix(name, other);
            if (theirs > own || (theirs == own && other > self))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>FNV-1a, 64 bits: the same in every process.</summary>
    public static ulong HashOf(string name)
    {
        if (ulong.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var hash = 14695981039346656037UL;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>The finalizer of SplitMix64: every bit of both changes half of the result's.</summary>
    private static ulong Mix(ulong key, ulong gateway)
    {
        var z = key ^ (gateway * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
