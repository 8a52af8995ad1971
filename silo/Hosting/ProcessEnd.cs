namespace GeminiBalance.Silo.Hosting;

/// <summary>Ends the process without waiting for anything but what is to be logged.</summary>
internal sealed class ProcessEnd(ILoggerFactory loggers)
{
    public void Now(int exitCode)
    {
        loggers.Dispose(); // Writes out what is queued.
        Environment.Exit(exitCode);
    }
}
