using GeminiBalance.Silo.Telemetry;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Silo.Hosting;

/// <summary>Brings the database to the form this program knows. Many silos may start at once: one works, the others wait for it.</summary>
internal sealed partial class DatabaseStart(MySqlSchema schema, TimeProvider time, ILogger<DatabaseStart> logger)
{
    /// <summary>Waits for a database that does not answer yet, as when all of a cluster is started at once.</summary>
    /// <returns>How many steps were missing.</returns>
    /// <exception cref="StartException">It cannot be used, or did not answer in time; the message says what to do.</exception>
    public async Task<int> PrepareAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await schema.MigrateAsync(cancellationToken);
            }
            catch (MySqlStorageException failure) when (IsPassing(failure) && time.GetElapsedTime(started) < SiloLimits.DatabaseWaitMax)
            {
                if (tries == 1)
                {
                    Log.Awaited(logger, SiloLimits.DatabaseWaitMax.TotalSeconds, failure.Message);
                }
            }
            catch (MySqlStorageException failure)
            {
                throw new StartException(failure.Message);
            }

            await Task.Delay(SiloLimits.DatabaseRetryEvery, time, cancellationToken);
        }
    }

    private static bool IsPassing(MySqlStorageException failure) => failure.Failure is MySqlFailure.Unreachable or MySqlFailure.Busy;

    private static partial class Log
    {
        [LoggerMessage(EventIds.DatabaseAwaited, LogLevel.Warning, "Waiting up to {Seconds} s for the database: {Reason}")]
        public static partial void Awaited(ILogger logger, double seconds, string reason);
    }
}
