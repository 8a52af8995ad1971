namespace GeminiBalance.Grains;

/// <summary>The live gateways, as far as the directory knows.</summary>
[GenerateSerializer]
[Immutable]
[Alias("gb.ClusterView")]
public sealed class ClusterView
{
    /// <summary>Their ids, sorted ordinally.</summary>
    [Id(0)]
    public string[] Gateways { get; set; } = [];

    /// <summary>False while a directory that started anew may not have heard of all yet: who was known before may still be there.</summary>
    [Id(1)]
    public bool IsComplete { get; set; }
}
