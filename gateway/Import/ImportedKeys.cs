using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Import;

/// <summary>What becomes of gemini-balance's keys. Pure.</summary>
/// <param name="Added">New in the pool.</param>
/// <param name="Marked">In the pool already, and to become paid keys or keys of Vertex.</param>
/// <param name="Known">Masked forms of those that are in the pool already as they should be.</param>
/// <param name="Repeated">Masked forms of what gemini-balance has more than once.</param>
/// <param name="Invalid">Masked forms of what is no key.</param>
internal sealed record ImportedKeys(
    IReadOnlyList<RosterKey> Added,
    IReadOnlyList<(RosterKey Key, KeyProfileChange Change)> Marked,
    IReadOnlyList<string> Known,
    IReadOnlyList<string> Repeated,
    IReadOnlyList<string> Invalid)
{
    /// <summary>The settings that hold keys.</summary>
    public static IReadOnlySet<string> Settings { get; } = new HashSet<string> { "API_KEYS", "PAID_KEY", "VERTEX_API_KEYS" };

    public static ImportedKeys Read(IReadOnlyDictionary<string, string> values, IReadOnlyList<RosterKey> pool)
    {
        var (gemini, paid, vertex) = (Batch("API_KEYS"), Batch("PAID_KEY"), Batch("VERTEX_API_KEYS"));
        var configured = new GatewaySettings
        {
            ApiKeys = gemini.Keys,
            Keys = new KeySettings { Paid = paid.Keys.Count > 0 ? paid.Keys[0] : null, Vertex = vertex.Keys },
        }.ConfiguredKeys();
        var known = pool.DistinctBy(key => key.Key.Id).ToDictionary(key => key.Key.Id);
        var there = configured.Where(key => known.ContainsKey(key.Key.Id))
            .Select(key => (Key: known[key.Key.Id], Change: key.IsSpecial() ? ConfiguredKeyList.Mark(known[key.Key.Id].Profile, key.Profile) : null))
            .ToLookup(key => key.Change is not null);
        return new ImportedKeys(
            [.. configured.Where(key => !known.ContainsKey(key.Key.Id))],
            [.. there[true].Select(key => (key.Key, key.Change!))],
            [.. there[false].Select(key => key.Key.Key.Masked)],
            [.. gemini.Duplicates, .. vertex.Duplicates],
            [.. gemini.Invalid, .. paid.Invalid, .. vertex.Invalid]);

        ApiKeyBatch Batch(string name)
        {
            var list = SettingText.ParseList(values.GetValueOrDefault(name, ""));
            var items = list.IsGood ? list.Value : [values[name]];
            var batch = ApiKeyText.Sort([.. items.Where(item => !IsSample(item))]);
            return batch with { Invalid = [.. batch.Invalid, .. items.Where(IsSample)] };
        }
    }

    /// <summary>Whether it is what gemini-balance's sample settings have in a key's place. As the paid key it would be asked to draw, and be refused.</summary>
    private static bool IsSample(string item) => item.Contains("xxxxxxxx", StringComparison.OrdinalIgnoreCase);
}
