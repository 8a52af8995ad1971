using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Deletes what is older than the settings want it, a bounded number of rows at a time, so that nothing else waits long for the database.</summary>
internal sealed partial class CallLogRetention(ICallLogStore store, ISettingsSource settings, TimeProvider time, ILogger<CallLogRetention> logger) : BackgroundService
{
    /// <summary>Deletes everything that is due.</summary>
    /// <returns>How many rows of the two logs were deleted.</returns>
    public async Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        var current = settings.Current;
        var now = time.GetUtcNow();
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Limits.CallLogDeletionInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await DeleteAndTellAsync(stoppingToken);
        }
    }

    private async Task DeleteAndTellAsync(CancellationToken stoppingToken)
    {
        try
        {
            var rows = await DeleteAsync(stoppingToken);
            if (rows > 0)
            {
                Log.Deleted(logger, rows);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on with it.
        }
#pragma warning disable CA1031 // A deletion that fails must not end the process; the next one catches up.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(logger, failure);
        }
    }

    private async Task<long> DeleteAsync(CallLogPart part, DateTimeOffset before, CancellationToken cancellationToken)
    {
        long total = 0;
        while (true)
        {
            var deleted = await store.DeleteAsync(part, before, Limits.CallLogDeletionRowsMax, cancellationToken);
            total += deleted;
            if (deleted < Limits.CallLogDeletionRowsMax)
            {
                return total;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CallLogDeleted, LogLevel.Information, "{Rows} old rows of the logs were deleted")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(EventIds.CallLogDeletionFailed, LogLevel.Error, "Old rows of the logs could not be deleted; it is tried again in an hour. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
