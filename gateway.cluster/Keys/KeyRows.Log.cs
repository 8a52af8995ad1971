using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

internal sealed partial class KeyRows
{
    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.StoredKeyDamaged, LogLevel.Error, "The stored form of key {KeyId} is damaged; the key is left out. Remove it, and add it again")]
        public static partial void KeyDamaged(ILogger logger, KeyId keyId);
    }
}
