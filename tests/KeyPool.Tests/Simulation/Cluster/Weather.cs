namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <summary>How messages travel.</summary>
internal enum Weather
{
    /// <summary>In no time.</summary>
    None,

    /// <summary>In a millisecond or two.</summary>
    Calm,

    /// <summary>In up to seconds, and some get lost.</summary>
    Stormy,
}
