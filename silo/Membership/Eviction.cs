using GeminiBalance.Silo.Hosting;
using GeminiBalance.Silo.Telemetry;

namespace GeminiBalance.Silo.Membership;

/// <summary>
/// Ends the process at once when Orleans cannot go on, above all when the other members have declared it dead: they hold its keys by then.
/// Orleans' own handler waits two seconds and leaves a dump.
/// </summary>
internal sealed partial class Eviction(ILogger<Eviction> logger, ProcessEnd end) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        Log.Ended(logger, context ?? "unknown", exception);
        end.Now(ExitCodes.Evicted);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Ended, LogLevel.Critical, "This silo ends at once, its keys go to others: {Context}. Start it again")]
        public static partial void Ended(ILogger logger, string context, Exception? failure);
    }
}
