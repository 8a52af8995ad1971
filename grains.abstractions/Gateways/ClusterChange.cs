namespace GeminiBalance.Grains;

/// <summary>Something in the store is new. Which rows, the reader sees there.</summary>
[GenerateSerializer]
[Immutable]
[Alias("gb.ClusterChange")]
public sealed class ClusterChange
{
    [Id(0)]
    public ClusterChangeKind Kind { get; set; }
}
