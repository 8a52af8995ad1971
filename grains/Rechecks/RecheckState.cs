namespace GeminiBalance.Grains.Rechecks;

/// <summary>What the re-checks remember.</summary>
[GenerateSerializer]
[Alias("gb.RecheckState")]
internal sealed class RecheckState
{
    /// <summary>Zero: off.</summary>
    [Id(0)]
    public TimeSpan Interval { get; set; }

    /// <summary>When a gateway was asked last.</summary>
    [Id(1)]
    public DateTimeOffset? AskedAt { get; set; }
}
