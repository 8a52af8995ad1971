namespace GeminiBalance.Grains;

/// <summary><see cref="KeyPool.LedgerSettlement"/> on the wire, without what a ledger has no use for (latency, output tokens). Spans are ticks.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LedgerSettlement")]
public record struct LedgerSettlementMessage
{
    [Id(0)]
    public string? Model { get; set; }

    [Id(1)]
    public long Term { get; set; }

    [Id(2)]
    public long Stamp { get; set; }

    [Id(3)]
    public long ChargedTokens { get; set; }

    [Id(4)]
    public long? SentAfter { get; set; }

    /// <summary>A <see cref="KeyPool.CallOutcomeKind"/>.</summary>
    [Id(5)]
    public byte Kind { get; set; }

    [Id(6)]
    public long? PromptTokens { get; set; }

    [Id(7)]
    public long? RetryDelay { get; set; }

    [Id(8)]
    public LearnedLimitMessage[]? LearnedLimits { get; set; }

    [Id(9)]
    public string? Detail { get; set; }

    [Id(10)]
    public bool IsConclusive { get; set; }
}
