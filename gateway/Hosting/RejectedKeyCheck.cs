using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Verifies rejected keys from time to time, so that one that the upstream accepts again comes back by itself.</summary>
internal sealed partial class RejectedKeyCheck(
    IKeyDirectory directory, KeyVerifier verifier, ISettingsSource settings, TimeProvider time, ILogger<RejectedKeyCheck> logger) : BackgroundService
{
    private const int ProbesAtOnceMax = 4;

    /// <summary>Verifies every rejected key once.</summary>
    /// <returns>How many were tried, and how many came back.</returns>
    public async Task<(int Tried, int Back)> CheckAsync(CancellationToken cancellationToken)
    {
        var rejected = (await directory.ListAsync(cancellationToken)).Where(key => key.State == KeyState.Rejected).Select(key => key.Id).ToList();
        var back = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnceMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(rejected, options, async (id, token) =>
        {
            if ((await verifier.VerifyAsync(id, token)).Verdict == KeyVerification.Valid)
            {
                Interlocked.Increment(ref back);
            }
        });
        return (rejected.Count, back);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await WaitAsync(stoppingToken))
        {
            try
            {
                var (tried, back) = await CheckAsync(stoppingToken);
                if (tried > 0)
                {
                    Log.Checked(logger, tried, back);
                }
            }
#pragma warning disable CA1031 // A check that fails must not end the process, nor the checks to come.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.CheckFailed(logger, failure);
            }
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

    private static partial class Log
    {
        [LoggerMessage(EventIds.RejectedKeysChecked, LogLevel.Information, "Verified {Tried} rejected keys: {Back} are accepted again")]
        public static partial void Checked(ILogger logger, int tried, int back);

        [LoggerMessage(EventIds.RejectedKeyCheckFailed, LogLevel.Error, "The check of rejected keys failed")]
        public static partial void CheckFailed(ILogger logger, Exception failure);
    }
}
