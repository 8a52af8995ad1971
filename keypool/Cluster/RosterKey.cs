namespace GeminiBalance.KeyPool;

/// <summary>A key as gateways know it: the key itself, and what people decided about it.</summary>
public sealed record RosterKey(ApiKey Key, KeyProfile Profile)
{
    /// <summary>Of the last change of its row: who knows a higher one knows better. 0 where rows have none.</summary>
    public long Version { get; init; }
}
