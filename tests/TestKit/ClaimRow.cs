namespace GeminiBalance.TestKit;

/// <summary>A row of <see cref="InMemoryClaimStore"/>.</summary>
public sealed record ClaimRow(string? Holder, long Term, bool IsOpen, DateTimeOffset WrittenAt, byte[]? Json)
{
    public DateTimeOffset ClaimedAt { get; init; }
}
