using GeminiBalance.Gateway.Admin;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Where several processes share what is stored: looks for the others' changes from time to time.</summary>
internal sealed partial class SettingsFollower(SettingsReload reload, TimeProvider time, ILogger<SettingsFollower> logger) : BackgroundService
{
    private volatile bool isFailing;

    /// <summary>Looks once. Called by itself, and whenever somebody says that there is something to see.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reload.FollowAsync(cancellationToken);
            isFailing = false;
        }
#pragma warning disable CA1031 // The settings in force stay; the next look may see the others.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (!isFailing)
            {
                isFailing = true;
                Log.Failed(logger, failure);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Limits.SettingsFollowInterval, time, stoppingToken);
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SettingsFollowFailed, LogLevel.Warning, "The stored settings could not be read; those in force stay, and changes are seen later. Check the database")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
