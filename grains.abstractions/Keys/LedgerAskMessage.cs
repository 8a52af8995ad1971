namespace GeminiBalance.Grains;

/// <summary><see cref="KeyPool.LedgerAsk"/> on the wire. Fields are added, never renumbered: gateways and silos of two releases talk to each other.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LedgerAsk")]
public sealed class LedgerAskMessage
{
    [Id(0)]
    public string Model { get; set; } = "";

    [Id(1)]
    public long RequestsPerMinute { get; set; }

    [Id(2)]
    public long TokensPerMinute { get; set; }

    [Id(3)]
    public long RequestsPerDay { get; set; }

    /// <summary>Input tokens of each call.</summary>
    [Id(4)]
    public long[]? Tokens { get; set; }

    [Id(5)]
    public bool IsProbe { get; set; }

    [Id(6)]
    public LedgerSettlementMessage[]? Settlements { get; set; }

    /// <summary>The <see cref="KeyPool.ProjectId"/> of the ledger that grants, when it is not this one.</summary>
    [Id(7)]
    public string? Project { get; set; }

    /// <summary>The version of the key's row that says so. A gateway of an older release names none, and gets nothing from a key in a project.</summary>
    [Id(8)]
    public long RosterVersion { get; set; }
}
