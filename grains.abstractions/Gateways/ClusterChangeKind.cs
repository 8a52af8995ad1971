namespace GeminiBalance.Grains;

/// <summary>What is new in the store. A kind the reader does not know means: look at everything.</summary>
[GenerateSerializer]
[Alias("gb.ClusterChangeKind")]
public enum ClusterChangeKind
{
    /// <summary>Keys were added, removed, or their profile changed.</summary>
    Keys = 1,

    /// <summary>Settings changed.</summary>
    Settings = 2,
}
