namespace GeminiBalance.Grains;

/// <summary><see cref="KeyPool.LearnedLimit"/> on the wire.</summary>
[GenerateSerializer]
[Immutable]
[OmitDefaultMemberValues]
[Alias("gb.LearnedLimit")]
public record struct LearnedLimitMessage
{
    /// <summary>A <see cref="KeyPool.QuotaKind"/>.</summary>
    [Id(0)]
    public byte Quota { get; set; }

    [Id(1)]
    public long Value { get; set; }

    [Id(2)]
    public string? QuotaId { get; set; }
}
