namespace GeminiBalance.Silo.Telemetry;

/// <summary>What is logged, and how.</summary>
internal static class LoggingSetup
{
    /// <summary>What these warn of when a silo goes is one line of <c>MemberWatch</c>; they need many, with stack traces.</summary>
    private static readonly string[] Verbose = ["Orleans.Runtime.AsyncTimer", "Orleans.Runtime.CallbackData", "Orleans.Runtime.MembershipService"];

    /// <summary>
    /// They call errors what passes by itself, again and again, when a silo goes or the database is away. That of a start reaches the end of the process
    /// in any case.
    /// </summary>
    private static readonly string[] Repeating =
    [
        "Microsoft.Extensions.Hosting.Internal.Host", "Orleans.Grain", "Orleans.Messaging", "Orleans.Runtime.GrainDirectory", "Orleans.Runtime.MembershipService.MembershipAgent",
        "Orleans.Runtime.Messaging", "Orleans.Runtime.Metadata", "Orleans.Runtime.ReminderService", "Orleans.Runtime.Silo", "Orleans.Runtime.SiloLifecycleSubject",
    ];

    /// <summary>One line per message, with the time in UTC. Messages of others count from warnings upwards, unless debugging is wanted.</summary>
    public static void AddLines(this ILoggingBuilder logging, LogLevel level)
    {
        logging
            .AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' "))
            .SetMinimumLevel(level);
        if (level <= LogLevel.Debug)
        {
            return;
        }

        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning);

        // What it says of itself comes from the class it inherits from.
        logging.AddFilter("GeminiBalance.Grains.Holding.HolderPeers", LogLevel.Warning);
        Array.ForEach(Verbose, category => logging.AddFilter(category, LogLevel.Error));
        Array.ForEach(Repeating, category => logging.AddFilter(category, LogLevel.Critical));
    }
}
