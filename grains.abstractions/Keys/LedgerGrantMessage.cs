namespace GeminiBalance.Grains;

/// <summary><see cref="KeyPool.LedgerGrant"/> on the wire.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LedgerGrant")]
public record struct LedgerGrantMessage
{
    [Id(0)]
    public long Stamp { get; set; }

    [Id(1)]
    public long ChargedTokens { get; set; }
}
