using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>What a test of <see cref="PoolConformance"/> starts with.</summary>
public sealed record PoolSetup(int KeyCount, KeyLimitTable? Limits = null)
{
    /// <summary>The keys' weights, in their order; 1 when it is null.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    public int WaitersMax { get; init; } = 10_000;

    public int ModelsMax { get; init; } = 256;

    public IReadOnlyList<RosterKey> NewRoster() =>
        [.. Samples.NewKeys(KeyCount).Select((key, number) => new RosterKey(key, new KeyProfile { Weight = Weights?[number] ?? 1 }))];
}
