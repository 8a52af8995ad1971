namespace GeminiBalance.Silo.Telemetry;

/// <summary>What is logged, and how.</summary>
internal static class LoggingSetup
{
    /// <summary>What these warn of when a silo goes is one line of <c>MemberWatch</c>; they need many, with stack traces.</summary>
    private static readonly string[] Verbose =
    [
        "Orleans.Runtime.AsyncTimer", "Orleans.Runtime.CallbackData", "Orleans.Runtime.MembershipService", "Orleans.Runtime.Messaging",
    ];

    /// <summary>They print the same failure many times with a stack trace. That of a start reaches the end of the process, that of the database is told by the holder of ledgers.</summary>
    private static readonly string[] Repeating =
    [
        "Microsoft.Extensions.Hosting.Internal.Host", "Orleans.Runtime.Silo", "Orleans.Runtime.SiloLifecycleSubject", "Orleans.Runtime.ReminderService",
    ];

    /// <summary>One line per message, with the time in UTC. Messages of others count from warnings upwards, unless debugging is wanted.</summary>
    public static void AddLines(this ILoggingBuilder logging, LogLevel level)
    {
        logging
            .AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' "))
            .SetMinimumLevel(level);
        var isDebugging = level <= LogLevel.Debug;
        logging.AddFilter("Microsoft", isDebugging ? level : LogLevel.Warning).AddFilter("Orleans", isDebugging ? level : LogLevel.Warning);
        Array.ForEach(isDebugging ? [] : Verbose, category => logging.AddFilter(category, LogLevel.Error));
        Array.ForEach(Repeating, category => logging.AddFilter(category, LogLevel.Critical));
    }
}
