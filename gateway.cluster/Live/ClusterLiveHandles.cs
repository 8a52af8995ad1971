using System.Buffers.Binary;
using System.Threading.Channels;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Live;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Live;

/// <summary>Handles for resuming Live sessions, known to every gateway: in memory where they came by, and written behind for the others.</summary>
internal sealed partial class ClusterLiveHandles(MySqlLiveHandles store, TimeProvider time, ILogger<ClusterLiveHandles> logger) : BackgroundService, ILiveHandles
{
    /// <summary>Handles that wait to be written; more are known to this gateway only.</summary>
    private const int WaitingMax = 10_000;

    /// <summary>Handles in one statement.</summary>
    private const int BatchMax = 500;

    /// <summary>Old handles deleted in one statement.</summary>
    private const int DeletedMax = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DeletionInterval = TimeSpan.FromHours(1);

    private readonly MemoryLiveHandles own = new(time);
    private readonly Channel<LiveHandleRow> waiting = Channel.CreateBounded<LiveHandleRow>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public void Keep(string handle, KeyId key)
    {
        own.Keep(handle, key);
        waiting.Writer.TryWrite(new LiveHandleRow(BytesOf(handle), key.Value));
    }

    public async ValueTask<KeyId?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(handle, cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            return await store.FindAsync(BytesOf(handle), cancellationToken) is { } id ? new KeyId(id) : null;
        }
        catch (MySqlStorageException failure)
        {
            Log.Failed(logger, failure.Message);
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deletedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(stoppingToken);
            if (time.GetElapsedTime(deletedAt) >= DeletionInterval)
            {
                deletedAt = time.GetTimestamp();
                await TryAsync(() => store.DeleteOldAsync(DeletedMax, stoppingToken));
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await WriteAsync(CancellationToken.None);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = new List<LiveHandleRow>();
        while (batch.Count < BatchMax && waiting.Reader.TryRead(out var row))
        {
            batch.Add(row);
        }

        if (batch.Count > 0)
        {
            await TryAsync(() => store.KeepAsync(batch, Limits.LiveHandleLifetime, cancellationToken));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The process stops. What was not written is known to no gateway any more, and costs its sessions.
        }
        catch (MySqlStorageException failure)
        {
            Log.Failed(logger, failure.Message);
        }
    }

    private static byte[] BytesOf(string handle)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, MemoryLiveHandles.HashOf(handle));
        return bytes;
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.LiveHandlesFailed, LogLevel.Warning, "Handles of Live sessions are known to this gateway only: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
