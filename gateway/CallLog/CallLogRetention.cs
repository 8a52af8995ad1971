using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Deletes what is older than the settings want it, a bounded number of rows at a time, so that nothing else waits long for the database.</summary>
internal sealed partial class CallLogRetention(ICallLogStore store, ISettingsSource settings, TimeProvider time, ILogger<CallLogRetention> logger) : Retention(time)
{
    protected override TimeSpan Interval => Limits.CallLogDeletionInterval;

    /// <inheritdoc/>
    /// <returns>How many rows of the two logs were deleted.</returns>
    public override async Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        var current = settings.Current;
        var now = Time.GetUtcNow();
        long deleted = 0;
        if (current.DeletesErrorLogs)
        {
            deleted += await DeleteAsync(CallLogPart.Errors, now - current.ErrorLogAge, cancellationToken);
        }

        if (current.DeletesRequestLogs)
        {
            deleted += await DeleteAsync(CallLogPart.Requests, now - current.RequestLogAge, cancellationToken);
        }

        await DeleteAsync(CallLogPart.KeyMinutes, now - Limits.KeyMinuteCountAge, cancellationToken);
        await DeleteAsync(CallLogPart.Minutes, now - Limits.MinuteCountAge, cancellationToken);
        await DeleteAsync(CallLogPart.Hours, now - Limits.HourCountAge, cancellationToken);
        return deleted;
    }

    protected override void TellDeleted(long rows) => Log.Deleted(logger, rows);

    protected override void TellFailed(Exception failure) => Log.Failed(logger, failure);

    private Task<long> DeleteAsync(CallLogPart part, DateTimeOffset before, CancellationToken cancellationToken) =>
        RepeatAsync(() => store.DeleteAsync(part, before, Limits.CallLogDeletionRowsMax, cancellationToken), Limits.CallLogDeletionRowsMax);

    private static partial class Log
    {
        [LoggerMessage(EventIds.CallLogDeleted, LogLevel.Information, "{Rows} old rows of the logs were deleted")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(EventIds.CallLogDeletionFailed, LogLevel.Error, "Old rows of the logs could not be deleted; it is tried again in an hour. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
