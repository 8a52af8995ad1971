namespace GeminiBalance.Grains;

/// <summary><see cref="KeyPool.LedgerAnswer"/> on the wire. Spans are ticks.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LedgerAnswer")]
public sealed class LedgerAnswerMessage
{
    [Id(0)]
    public long Term { get; set; }

    [Id(1)]
    public LedgerGrantMessage[]? Grants { get; set; }

    /// <summary>A <see cref="KeyPool.KeyDenialReason"/>.</summary>
    [Id(2)]
    public byte Denial { get; set; }

    [Id(3)]
    public long NextIn { get; set; }

    [Id(4)]
    public long FreeIn { get; set; }

    /// <summary>The share of the configured weight that failures took away.</summary>
    [Id(5)]
    public double LostWeight { get; set; }

    [Id(6)]
    public bool IsLittleUsed { get; set; }
}
