using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Forgets resources that the upstream has deleted, a bounded number at a time.</summary>
internal sealed partial class ResourceRetention(IResourceStore store, ISettingsSource settings, TimeProvider time, ILogger<ResourceRetention> logger) : BackgroundService
{
    /// <summary>Deletes everything that is due.</summary>
    public async Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        long total = 0;
        while (true)
        {
            var deleted = await store.DeleteExpiredAsync(time.GetUtcNow(), Limits.ResourceDeletionRowsMax, cancellationToken);
            total += deleted;
            if (deleted < Limits.ResourceDeletionRowsMax)
            {
                return total;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(settings.Current.Resources.CleanupInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (settings.Current.Resources.DeletesExpired)
            {
                await DeleteAndTellAsync(stoppingToken);
            }
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

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResourcesForgotten, LogLevel.Information, "{Rows} expired files, caches and jobs were forgotten")]
        public static partial void Deleted(ILogger logger, long rows);

        [LoggerMessage(EventIds.ResourceDeletionFailed, LogLevel.Error, "Expired files, caches and jobs could not be deleted from the database; it is tried again. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
