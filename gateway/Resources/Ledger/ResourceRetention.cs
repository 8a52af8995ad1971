using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Forgets resources that the upstream has deleted, a bounded number at a time.</summary>
internal sealed partial class ResourceRetention(IResourceStore store, ISettingsSource settings, TimeProvider time, ILogger<ResourceRetention> logger) : Retention(time)
{
    protected override TimeSpan Interval => settings.Current.Resources.CleanupInterval;

    public override async Task<long> DeleteAsync(CancellationToken cancellationToken) => settings.Current.Resources.DeletesExpired
        ? await RepeatAsync(() => store.DeleteExpiredAsync(Time.GetUtcNow(), Limits.ResourceDeletionRowsMax, cancellationToken), Limits.ResourceDeletionRowsMax)
        : 0;

    protected override void TellDeleted(long rows) => Log.Deleted(logger, rows);

    protected override void TellFailed(Exception failure) => Log.Failed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResourcesForgotten, LogLevel.Information, "{Rows} expired files, caches and jobs were forgotten")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(EventIds.ResourceDeletionFailed, LogLevel.Error, "Expired files, caches and jobs could not be deleted from the database; it is tried again. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
