namespace GeminiBalance.Storage.MySql;

/// <summary>Rows of claims that were just taken, as they were before, and when their holders asked last.</summary>
internal sealed record TakenClaims(IReadOnlyList<ClaimRow> Rows, IReadOnlyDictionary<string, HolderRow> Holders)
{
    public TimeSpan SinceHeard(ClaimRow row) => row.SinceHeard(row.Holder is { } holder ? Holders.GetValueOrDefault(holder) : null);
}
