using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Has rejected keys verified every <c>CHECK_INTERVAL_HOURS</c>.</summary>
internal sealed class RejectedKeyTimer(RejectedKeyCheck check, ISettingsSource settings, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await WaitAsync(stoppingToken))
        {
            await check.RunAsync(stoppingToken);
        }
    }

    /// <summary>Waits for one interval; a changed interval starts anew.</summary>
    /// <returns>False when the process stops.</returns>
    private async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var interval = settings.Current.CheckInterval;
            using var changed = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            void Wake(GatewaySettings now)
            {
                if (now.CheckInterval != interval)
                {
                    changed.Cancel();
                }
            }

            settings.Changed += Wake;
            try
            {
                await Task.Delay(interval > TimeSpan.Zero ? interval : Timeout.InfiniteTimeSpan, time, changed.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                // The process stops, or the interval is another one now: the loop tells them apart.
            }
            finally
            {
                settings.Changed -= Wake;
            }
        }

        return false;
    }
}
