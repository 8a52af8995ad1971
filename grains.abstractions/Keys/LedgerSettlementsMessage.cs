namespace GeminiBalance.Grains;

/// <summary>How some calls with one key ended.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LedgerSettlements")]
public sealed class LedgerSettlementsMessage
{
    [Id(0)]
    public LedgerSettlementMessage[]? Settlements { get; set; }
}
