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
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Follow(GatewaySettings now)
            {
                if (now.CheckInterval != interval)
                {
                    changed.TrySetResult();
                }
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var due = Task.Delay(interval > TimeSpan.Zero ? interval : Timeout.InfiniteTimeSpan, time, ended.Token);
            settings.Changed += Follow;
            Follow(settings.Current);
            await Task.WhenAny(due, changed.Task);
            settings.Changed -= Follow;
            if (due.IsCompletedSuccessfully)
            {
                return true;
            }

            await ended.CancelAsync();
        }

        return false;
    }
}
