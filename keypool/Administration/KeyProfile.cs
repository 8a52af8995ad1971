namespace GeminiBalance.KeyPool;

/// <summary>What people decide about a key.</summary>
public sealed record KeyProfile
{
    /// <summary>Share of the calls relative to other keys; more than zero, usually 1.</summary>
    public double Weight { get; init; } = 1;

    public string Note { get; init; } = "";

    /// <summary>When the key came into the pool.</summary>
    public DateTimeOffset AddedAt { get; init; }
}
