using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Conformance;

/// <summary>What a test of <see cref="PoolConformance"/> starts with.</summary>
public sealed record PoolSetup(int KeyCount, KeyLimitTable? Limits = null)
{
    /// <summary>The keys' weights, in their order; 1 when it is null.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>What people decided about the keys, in their order; nothing when it is null.</summary>
    public IReadOnlyList<KeyProfile>? Profiles { get; init; }

    /// <summary>The number of the first key. Pools over the same ledgers take others, so that they start with fresh ones.</summary>
    public int FirstKey { get; init; }

    public int WaitersMax { get; init; } = 10_000;

    public int ModelsMax { get; init; } = 256;

    public ApiKey NewKey(int number) => Samples.NewKey(FirstKey + number);

    public IReadOnlyList<RosterKey> NewRoster() =>
        [.. Enumerable.Range(0, KeyCount).Select(number => new RosterKey(NewKey(number), Profiles?[number] ?? new KeyProfile { Weight = Weights?[number] ?? 1 }))];
}
