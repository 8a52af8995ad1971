using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Membership;

/// <summary>
/// Ends the process at once when Orleans cannot go on, above all when the other members have declared it dead: they hold its keys by then.
/// Orleans' own handler waits two seconds and leaves a dump.
/// </summary>
internal sealed partial class Eviction(ILoggerFactory loggers) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        Log.Ended(loggers.CreateLogger<Eviction>(), context ?? "unknown", exception);
        loggers.Dispose(); // Writes out what is queued.
        Environment.Exit(ExitCodes.Evicted);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Ended, LogLevel.Critical, "This silo ends at once, its keys go to others: {Context}. Start it again")]
        public static partial void Ended(ILogger logger, string context, Exception? failure);
    }
}
