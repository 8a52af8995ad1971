using GeminiBalance.Gateway.Cluster.Telemetry;

namespace GeminiBalance.Gateway.Cluster.Keys;

internal sealed partial class RosterFollower
{
    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.RosterLoaded, LogLevel.Information, "Loaded {Count} keys in {Milliseconds} ms")]
        public static partial void Loaded(ILogger logger, int count, long milliseconds);

        [LoggerMessage(ClusterEventIds.RosterChanged, LogLevel.Information, "Keys changed: {Changed} new or changed, {Removed} removed, {Count} now")]
        public static partial void Changed(ILogger logger, int changed, int removed, int count);

        [LoggerMessage(ClusterEventIds.RosterUnreadable, LogLevel.Error, "The keys cannot be read; those known stay in use. {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);

        [LoggerMessage(ClusterEventIds.RosterReadableAgain, LogLevel.Information, "The keys can be read again")]
        public static partial void ReadableAgain(ILogger logger);
    }
}
