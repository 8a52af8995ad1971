using GeminiBalance.Silo.Health;
using GeminiBalance.Silo.Settings;
using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Tells when this silo has joined the cluster, when it stops, and how long that took.</summary>
internal sealed partial class SiloLifetime(
    SiloSettings settings, HealthServer health, ISiloStatusOracle silos, ProcessEnd end, TimeProvider time, ILogger<SiloLifetime> logger)
    : IHostedLifecycleService, IDisposable
{
    private long stoppingAt;
    private ITimer? bound;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var members = silos.GetActiveSilos();
        Log.Joined(logger, settings.ClusterId, silos.SiloAddress, settings.GatewayPort, members.Length, string.Join(", ", members.Order()), health.Address);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        stoppingAt = time.GetTimestamp();
        Log.Stopping(logger, SiloLimits.StopWithin.TotalSeconds);

        // Orleans goes on trying to write to a database that is away, whatever the host's time limit says.
        bound = time.CreateTimer(_ => EndLate(), null, SiloLimits.StopWithin, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            EndLate();
        }
        else
        {
            Log.Stopped(logger, time.GetElapsedTime(stoppingAt).TotalSeconds);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => bound?.Dispose();

    private void EndLate()
    {
        Log.StoppedLate(logger, time.GetElapsedTime(stoppingAt).TotalSeconds);
        end.Now(ExitCodes.Unfinished);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Joined, LogLevel.Information,
            "Joined cluster {ClusterId} as silo {Silo}, gateway port {GatewayPort}; {Count} active: {Members}. Health endpoints listen on {Address}")]
        public static partial void Joined(ILogger logger, string clusterId, SiloAddress silo, int gatewayPort, int count, string members, string address);

        [LoggerMessage(EventIds.Stopping, LogLevel.Information, "Stopping: keys are handed over, within {Seconds} s")]
        public static partial void Stopping(ILogger logger, double seconds);

        [LoggerMessage(EventIds.Stopped, LogLevel.Information, "Stopped: left the cluster after {Seconds:F1} s")]
        public static partial void Stopped(ILogger logger, double seconds);

        [LoggerMessage(EventIds.StoppedLate, LogLevel.Error,
            "Stopped after {Seconds:F1} s without having handed everything over; the keys left open are held back for a minute by who takes them")]
        public static partial void StoppedLate(ILogger logger, double seconds);
    }
}
