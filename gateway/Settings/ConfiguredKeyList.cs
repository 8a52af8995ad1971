using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What the settings say about keys, all of them together. Pure.</summary>
internal static class ConfiguredKeyList
{
    /// <summary>
    /// Every key of the settings once. The paid key alone is reserved for calls that need it, so that nobody pays for calls that free keys
    /// serve as well; named among the others, it serves all.
    /// </summary>
    public static IReadOnlyList<RosterKey> ConfiguredKeys(this GatewaySettings settings)
    {
        var all = settings.ApiKeys.Select(key => new RosterKey(key, new KeyProfile())).ToList();
        if (settings.Keys.Paid is { } paid)
        {
            var isCommon = all.RemoveAll(key => key.Key.Equals(paid)) > 0;
            all.Add(new RosterKey(paid, new KeyProfile { Tags = KeyTags.Paid, IsReserved = !isCommon }));
        }

        all.AddRange(settings.Keys.Vertex.Select(key => new RosterKey(key, new KeyProfile { Kind = KeyKind.Vertex })));
        return [.. all.DistinctBy(key => key.Key.Id)];
    }

    /// <summary>Whether the settings say more about it than that it is a key.</summary>
    public static bool IsSpecial(this RosterKey configured) => configured.Profile.Kind != KeyKind.Gemini || configured.Profile.Tags.Count > 0;

    /// <summary>What the settings change about a key that was there already: its kind, and tags that it lacks. All else stays as people left it.</summary>
    /// <returns>Null for nothing.</returns>
    public static KeyProfileChange? Mark(KeyProfile known, KeyProfile configured) => known.Kind == configured.Kind && known.Tags.Contains(configured.Tags)
        ? null
        : new KeyProfileChange { Kind = configured.Kind, Tags = known.Tags.With(configured.Tags) };
}
