namespace GeminiBalance.KeyPool;

/// <summary>One page of the keys that match.</summary>
/// <param name="Items">The keys of the page.</param>
/// <param name="Total">How many match.</param>
/// <param name="States">How many keys of the whole pool are in each state; null when that is not known yet.</param>
public sealed record KeyStatusPage(IReadOnlyList<KeyStatus> Items, int Total, IReadOnlyDictionary<KeyState, int>? States)
{
    /// <summary>The page of a pool whose keys are all at hand.</summary>
    public static KeyStatusPage Of(IReadOnlyList<KeyStatus> all, KeyPageQuery query)
    {
        var found = all.Where(key => query.IsWanted?.Invoke(key.State) != false && query.Matches(key.Id, key.Masked, key.Profile)).ToList();
        return new KeyStatusPage(
            [.. found.OrderBy(key => key.Profile.AddedAt).ThenBy(key => key.Id).Skip(query.Skip).Take(query.Take)],
            found.Count,
            all.CountBy(key => key.State).ToDictionary());
    }
}
