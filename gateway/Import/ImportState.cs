using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Import;

/// <summary>What is there before an import.</summary>
/// <param name="Catalog">The settings of this gateway.</param>
/// <param name="Environment">What its environment and files say.</param>
/// <param name="Stored">What is stored over them.</param>
/// <param name="Keys">The keys of the pool.</param>
internal sealed record ImportState(
    SettingCatalog Catalog, IReadOnlyDictionary<string, string> Environment, IReadOnlyDictionary<string, string> Stored, IReadOnlyList<RosterKey> Keys)
{
    /// <summary>When it was looked at.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Those of the files to import that are known.</summary>
    public IReadOnlySet<string> KnownFiles { get; init; } = new HashSet<string>();
}
