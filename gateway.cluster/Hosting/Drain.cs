using GeminiBalance.Gateway.Cluster.Members;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary>
/// The way out: first nobody is sent here any more (not ready, not in the directory) while everything is still served; then the server closes and
/// waits for what is open; then the pool hands in its settlements; last the connection to the silos ends.
/// </summary>
internal sealed partial class Drain(GatewayMember member, ISettingsSource settings, TimeProvider time, ILogger<Drain> logger) : IHostedLifecycleService
{
    private volatile bool isDraining;

    /// <summary>Whether the gateway is on its way out.</summary>
    public bool IsDraining => isDraining;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var delay = ((ClusterSettings)settings.Current).DrainDelay;
        isDraining = true;
        Log.Began(logger, delay.TotalSeconds);
        var noticed = Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await member.LeaveAsync();
        await noticed;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.Ended(logger);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.DrainBegan, LogLevel.Information, "Stopping: not ready any more, requests are taken for {Seconds} s, then open ones are waited for")]
        public static partial void Began(ILogger logger, double seconds);

        [LoggerMessage(ClusterEventIds.DrainEnded, LogLevel.Information, "Stopped")]
        public static partial void Ended(ILogger logger);
    }
}
