namespace GeminiBalance.Gateway.Egress;

/// <summary>
/// Which proxy an owner prefers: the one with the highest mix of both names (rendezvous hashing), so that every process comes to the same
/// result, before and after a restart, and a proxy that comes or goes moves only its own owners.
/// </summary>
internal static class ProxyRanking
{
    public static ulong Score(string owner, ulong proxy)
    {
        // The finalizer of SplitMix64: every bit of both changes half of the result's.
        var z = HashOf(owner) ^ (proxy * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a, 64 bits: the same in every process.</summary>
    public static ulong HashOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }
}
