namespace GeminiBalance.Storage.MySql;

/// <summary>Claims that were just taken: rows as they were before, keys that had none, and when former holders asked last.</summary>
internal sealed record TakenClaims(IReadOnlyList<ClaimRow> Rows, IReadOnlyList<string> Fresh, IReadOnlyDictionary<string, HolderRow> Holders)
{
    public TimeSpan SinceHeard(ClaimRow row) => row.SinceHeard(row.Holder is { } holder ? Holders.GetValueOrDefault(holder) : null);
}
