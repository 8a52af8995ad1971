using GeminiBalance.Gateway.Cluster.Telemetry;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>Keeps the Orleans client trying until a silo is there, however long that takes.</summary>
internal sealed partial class SilosAwaited(IOptions<ClusterOptions> cluster, TimeProvider time, ILogger<SilosAwaited> logger) : IClientConnectionRetryFilter
{
    /// <summary>The wait between two attempts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Attempts between two lines in the log.</summary>
    private const int AttemptsPerLine = 15;

    private int attempts;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (attempts++ % AttemptsPerLine == 0)
        {
            Log.Awaited(logger, exception is SiloUnavailableException ? $"None of cluster '{cluster.Value.ClusterId}' is in the database." : exception.Message);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.SilosAwaited, LogLevel.Warning, "No silo answers yet; calls get 503 until one does. Trying on. {Reason}")]
        public static partial void Awaited(ILogger logger, string reason);
    }
}
