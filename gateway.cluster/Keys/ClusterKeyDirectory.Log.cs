using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

internal sealed partial class ClusterKeyDirectory
{
    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.KeyNotRevived, LogLevel.Warning, "Key {KeyId} was added again, but is still out of use as it was before: enable it. {Reason}")]
        public static partial void NotRevived(ILogger logger, KeyId keyId, string reason);
    }
}
