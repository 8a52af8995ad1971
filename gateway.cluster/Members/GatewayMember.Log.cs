using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Grains;

namespace GeminiBalance.Gateway.Cluster.Members;

internal sealed partial class GatewayMember
{
    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.Joined, LogLevel.Information, "Joined the cluster as {Name}")]
        public static partial void Joined(ILogger logger, GatewayName name);

        [LoggerMessage(ClusterEventIds.Left, LogLevel.Information, "Left the cluster")]
        public static partial void Left(ILogger logger);

        [LoggerMessage(ClusterEventIds.GatewaysChanged, LogLevel.Information, "{Count} gateways share the keys")]
        public static partial void GatewaysChanged(ILogger logger, int count);

        [LoggerMessage(ClusterEventIds.Told, LogLevel.Debug, "The directory tells of a change: {Kind}")]
        public static partial void Told(ILogger logger, ClusterChangeKind kind);

        [LoggerMessage(ClusterEventIds.JoinFailed, LogLevel.Warning, "The directory of the cluster does not answer; trying on. {Reason}")]
        public static partial void JoinFailed(ILogger logger, string reason);

        [LoggerMessage(ClusterEventIds.RecheckNotEnsured, LogLevel.Warning, "The checks of rejected keys could not be scheduled; trying on. {Reason}")]
        public static partial void RecheckNotEnsured(ILogger logger, string reason);
    }
}
