using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Live;

/// <summary>Deletes handles of Live sessions that are of use no more.</summary>
internal sealed partial class LiveHandleRetention(MySqlLiveHandles store, TimeProvider time, ILogger<LiveHandleRetention> logger) : Retention(time)
{
    protected override TimeSpan Interval => SharedLimits.DeletionInterval;

    public override Task<long> DeleteAsync(CancellationToken cancellationToken) => RepeatAsync(
        async () => await store.DeleteOldAsync(SharedLimits.DeletionRowsMax, cancellationToken), SharedLimits.DeletionRowsMax);

    protected override void TellDeleted(long rows) => Log.Deleted(logger, rows);

    protected override void TellFailed(Exception failure) => Log.Failed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.LiveHandlesDeleted, LogLevel.Debug, "{Rows} old handles of Live sessions were deleted")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(ClusterEventIds.LiveHandleDeletionFailed, LogLevel.Error, "Old handles of Live sessions could not be deleted; it is tried again in ten minutes. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
