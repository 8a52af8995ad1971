using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Cluster.Keys;

/// <summary>Tells the log about ledgers that cannot be asked: at once, then a line for all that followed, so that many keys do not flood it.</summary>
internal sealed partial class AskFailures(TimeProvider time, ILogger<AskFailures> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long lastLine;
    private int since;

    public void Add(KeyId key, Exception failure)
    {
        int count;
        lock (gate)
        {
            since++;
            if (lastLine != 0 && time.GetElapsedTime(lastLine) < Quiet)
            {
                return;
            }

            (count, since, lastLine) = (since, 0, Math.Max(1, time.GetTimestamp()));
        }

        Log.Silent(logger, count, key, failure.GetType().Name, failure.Message);
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.LedgersSilent, LogLevel.Warning, "Asks of ledgers failed: {Count}, the last of key {KeyId} ({Kind}: {Reason})")]
        public static partial void Silent(ILogger logger, int count, KeyId keyId, string kind, string reason);
    }
}
