using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>Deletes thought signatures that are old, or too many.</summary>
internal sealed partial class SignatureRetention(MySqlSignatures store, TimeProvider time, ILogger<SignatureRetention> logger) : Retention(time)
{
    protected override TimeSpan Interval => SharedLimits.DeletionInterval;

    public override Task<long> DeleteAsync(CancellationToken cancellationToken) => RepeatAsync(
        async () => await store.DeleteOldAsync(SharedLimits.SignatureAge, SharedLimits.SignatureRowsMax, SharedLimits.DeletionRowsMax, cancellationToken),
        SharedLimits.DeletionRowsMax);

    protected override void TellDeleted(long rows) => Log.Deleted(logger, rows);

    protected override void TellFailed(Exception failure) => Log.Failed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.SignaturesDeleted, LogLevel.Debug, "{Rows} old thought signatures were deleted")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(ClusterEventIds.SignatureDeletionFailed, LogLevel.Error, "Old thought signatures could not be deleted; it is tried again in ten minutes. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
