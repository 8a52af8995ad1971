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
    Arrivals Arrivals,
    HolderPulse Pulse,
    HolderClock Clock,
    KeyLedgerOptions Ledger,
    HoldingOptions Options,
    HoldingMeter Meter,
    TimeProvider Time,
    ILogger<ApiKeyGrain> Logger)
{
    private int failedCloses;

    /// <summary>Ends a holding and gives its claim back, unless that was done or the claim was lost. Never throws.</summary>
    public async Task GiveBackAsync(HeldKey held, CancellationToken cancellationToken)
    {
        if (!held.TryEnd(out var last))
        {
            return;
        }

        try
        {
            await Claims.CloseAsync(last).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The claim stays open, so the next holder counts on the worst.
            CloseFailed(failure);
        }
    }

    // Many fail for one reason, so only the first of a silo's life is told.
    private void CloseFailed(Exception failure)
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
