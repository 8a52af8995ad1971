using GeminiBalance.Gateway.Cluster.Telemetry;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>Whether silos are there, as this gateway sees it: by its connections, and by the answers it gets.</summary>
internal sealed partial class SiloContact(TimeProvider time, ILogger<SiloContact> logger)
{
    /// <summary>How old the last answer may be. A gateway joins the directory every 5 seconds, and sooner after a failure.</summary>
    private static readonly TimeSpan AnswerTrustedFor = TimeSpan.FromSeconds(12);

    private readonly Lock gate = new();
    private long lastAnswer;
    private int connections;
    private int losses;

    /// <summary>Silos this gateway holds a connection to.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>How often the last connection was lost.</summary>
    public int Losses => Volatile.Read(ref losses);

    /// <summary>Whether a silo is connected and has answered lately.</summary>
    public bool IsAnswering => Connections > 0 && SinceLastAnswer <= AnswerTrustedFor;

    /// <summary>Null before the first answer.</summary>
    public TimeSpan? SinceLastAnswer => Volatile.Read(ref lastAnswer) is not 0 and var at ? time.GetElapsedTime(at) : null;

    /// <summary>A grain answered.</summary>
    public void Answered() => Volatile.Write(ref lastAnswer, Math.Max(1, time.GetTimestamp()));

    public void OnConnectionsChanged(int now)
    {
        lock (gate)
        {
            var before = connections;
            Volatile.Write(ref connections, now);
            if (before == 0 && now > 0)
            {
                Log.Found(logger);
            }
            else if (before > 0 && now == 0)
            {
                Interlocked.Increment(ref losses);
                Log.Lost(logger);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.SilosFound, LogLevel.Information, "Connected to the silos")]
        public static partial void Found(ILogger logger);

        [LoggerMessage(ClusterEventIds.SilosLost, LogLevel.Warning, "The connection to the last silo is lost; calls get 503 until one is back")]
        public static partial void Lost(ILogger logger);
    }
}
