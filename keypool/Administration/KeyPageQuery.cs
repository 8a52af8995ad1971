namespace GeminiBalance.KeyPool;

/// <summary>Which keys a person wants to see, of those in the order in which they came.</summary>
/// <param name="Search">What the id, the masked key, the note or the project holds, or a tag is, in any case; empty for all.</param>
/// <param name="IsWanted">Which states; null for any.</param>
/// <param name="Skip">Keys on the pages before.</param>
/// <param name="Take">Keys on a page.</param>
public sealed record KeyPageQuery(string Search, Func<KeyState, bool>? IsWanted, int Skip, int Take)
{
    public bool Matches(KeyId id, string masked, KeyProfile profile) =>
        Search.Length == 0
        || masked.Contains(Search, StringComparison.OrdinalIgnoreCase)
        || id.Value.Contains(Search, StringComparison.OrdinalIgnoreCase)
        || profile.Note.Contains(Search, StringComparison.OrdinalIgnoreCase)
        || profile.Project.Contains(Search, StringComparison.OrdinalIgnoreCase)
        || profile.Tags.Contains(Search, StringComparer.OrdinalIgnoreCase);
}
