using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Grains.Keys;

/// <summary>What every key's grain needs, in one place: a silo holds many grains.</summary>
internal sealed partial record KeyGrainServices(
    ClaimGate Claims,
    LedgerWriter Writer,
    HeldKeys Keys,
    HolderPulse Pulse,
    HolderClock Clock,
    KeyLedgerOptions Ledger,
    HoldingOptions Options,
    HoldingMeter Meter,
    TimeProvider Time,
    ILogger<ApiKeyGrain> Logger)
{
    private int failedCloses;

    /// <summary>A claim could not be given back. Many fail for one reason, so only the first of a silo's life is told.</summary>
    public void CloseFailed(Exception failure)
    {
        if (Interlocked.Increment(ref failedCloses) == 1)
        {
            Log.CloseFailed(Logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CloseFailed, LogLevel.Warning, "Claims could not be given back; whoever takes them over treats their windows as full for a while: {Reason}")]
        public static partial void CloseFailed(ILogger logger, string reason);
    }
}
