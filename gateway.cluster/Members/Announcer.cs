using GeminiBalance.Gateway.Cluster.Silos;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Grains;

namespace GeminiBalance.Gateway.Cluster.Members;

/// <summary>Tells all gateways that the store has something new.</summary>
internal sealed partial class Announcer(IClusterClient client, SiloConnection connection, ILogger<Announcer> logger)
{
    /// <summary>Never throws: gateways also look by themselves from time to time.</summary>
    public async Task TellAllAsync(ClusterChangeKind kind)
    {
        try
        {
            if (connection.IsConnected)
            {
                await client.GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key).AnnounceAsync(new ClusterChange { Kind = kind });
            }
        }
#pragma warning disable CA1031 // Whatever it is, the change itself is stored.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.AnnounceFailed, LogLevel.Warning, "The other gateways could not be told of a change; they notice within seconds. {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
