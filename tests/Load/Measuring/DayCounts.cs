namespace GeminiBalance.Load.Measuring;

/// <summary>The day counts of a pool beside those of the upstream, key by key.</summary>
/// <param name="Pool">The sum the pool shows.</param>
/// <param name="Upstream">The sum the upstream admitted.</param>
/// <param name="Different">Keys on which the two do not agree.</param>
/// <param name="Example">One of them, for people; empty when there is none.</param>
internal sealed record DayCounts(long Pool, long Upstream, int Different, string Example)
{
    /// <param name="pool">By key id; keys without use may be missing.</param>
    /// <param name="upstream">By key id; keys without use may be missing.</param>
    public static DayCounts Compare(IReadOnlyDictionary<string, long> pool, IReadOnlyDictionary<string, long> upstream)
    {
        var different = pool.Keys.Union(upstream.Keys).Where(key => pool.GetValueOrDefault(key) != upstream.GetValueOrDefault(key)).Order(StringComparer.Ordinal).ToArray();
        var example = different.Length == 0 ? "" : $"{different[0]}: pool {pool.GetValueOrDefault(different[0])}, upstream {upstream.GetValueOrDefault(different[0])}";
        return new DayCounts(pool.Values.Sum(), upstream.Values.Sum(), different.Length, example);
    }
}
