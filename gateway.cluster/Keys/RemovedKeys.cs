using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Clears away, from time to time, what is kept of keys that were removed long ago.</summary>
internal sealed partial class RemovedKeys(KeyRows rows, TimeProvider time, ILogger<RemovedKeys> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ForgetAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rows.ForgetRemovedAsync(cancellationToken);
        }
        catch (MySqlStorageException failure)
        {
            Log.NotForgotten(logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.RemovedKeysKept, LogLevel.Warning, "Removed keys could not be cleared away; trying again in an hour. {Reason}")]
        public static partial void NotForgotten(ILogger logger, string reason);
    }
}
