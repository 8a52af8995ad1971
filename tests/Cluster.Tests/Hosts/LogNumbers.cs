using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>The log lines that tests wait for: what a runbook would tell people to look for.</summary>
internal static class LogNumbers
{
    public const int SilosFound = ClusterEventIds.SilosFound;
    public const int SilosLost = ClusterEventIds.SilosLost;
    public const int RosterChanged = ClusterEventIds.RosterChanged;
    public const int Joined = ClusterEventIds.Joined;
    public const int GatewaysChanged = ClusterEventIds.GatewaysChanged;
    public const int Told = ClusterEventIds.Told;
    public const int SignaturesNotAsked = ClusterEventIds.SignaturesNotAsked;
    public const int Left = ClusterEventIds.Left;

    /// <summary>These are the gateway's, of every shape.</summary>
    public const int SettingsFollowed = EventIds.SettingsFollowed;
    public const int RejectedKeysChecked = EventIds.RejectedKeysChecked;
}
