namespace GeminiBalance.Grains;

/// <summary>How gateways and the directory of the cluster stay in touch.</summary>
public static class KeyDirectory
{
    /// <summary>The key of the one grain.</summary>
    public const long Key = 0;

    /// <summary>How often a gateway joins.</summary>
    public static readonly TimeSpan JoinEvery = TimeSpan.FromSeconds(2);

    /// <summary>A gateway silent for this long is dropped.</summary>
    public static readonly TimeSpan DroppedAfter = TimeSpan.FromSeconds(7);

    /// <summary>After this time every live gateway has joined a directory that started anew.</summary>
    public static readonly TimeSpan CompleteAfter = TimeSpan.FromSeconds(5);

    /// <summary>Gateways the directory knows at the most.</summary>
    public const int GatewaysMax = 1_000;
}
