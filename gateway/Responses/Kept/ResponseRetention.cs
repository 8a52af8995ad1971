using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Deletes stored responses that nobody has used for as long as the settings say, a bounded number at a time.</summary>
internal sealed partial class ResponseRetention(IResponseStore store, ISettingsSource settings, TimeProvider time, ILogger<ResponseRetention> logger) : Retention(time)
{
    protected override TimeSpan Interval => Limits.ResponseDeletionInterval;

    public override Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        var since = Time.GetUtcNow() - settings.Current.Responses.Age;
        return RepeatAsync(() => store.DeleteUnusedAsync(since, Limits.ResponseDeletionRowsMax, cancellationToken), Limits.ResponseDeletionRowsMax);
    }

    protected override void TellDeleted(long rows) => Log.Deleted(logger, rows);

    protected override void TellFailed(Exception failure) => Log.Failed(logger, failure);

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResponsesDeleted, LogLevel.Information, "{Count} stored responses that were not used any more were deleted")]
        public static partial void Deleted(ILogger logger, long count);

        [LoggerMessage(EventIds.ResponseDeletionFailed, LogLevel.Error, "Old stored responses could not be deleted; it is tried again in an hour. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
