using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Responses;

/// <summary>Deletes stored responses that nobody has used for as long as the settings say, a bounded number at a time.</summary>
internal sealed partial class ResponseRetention(IResponseStore store, ISettingsSource settings, TimeProvider time, ILogger<ResponseRetention> logger) : BackgroundService
{
    /// <returns>How many were deleted.</returns>
    public async Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - settings.Current.Responses.Age;
        long total = 0;
        while (true)
        {
            var deleted = await store.DeleteUnusedAsync(since, Limits.ResponseDeletionRowsMax, cancellationToken);
            total += deleted;
            if (deleted < Limits.ResponseDeletionRowsMax)
            {
                return total;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Limits.ResponseDeletionInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            if (await DeleteAsync(stoppingToken) is > 0 and var deleted)
            {
                Log.Deleted(logger, deleted);
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

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResponsesDeleted, LogLevel.Information, "{Count} stored responses that were not used any more were deleted")]
        public static partial void Deleted(ILogger logger, long count);

        [LoggerMessage(EventIds.ResponseDeletionFailed, LogLevel.Error, "Old stored responses could not be deleted; it is tried again in an hour. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
