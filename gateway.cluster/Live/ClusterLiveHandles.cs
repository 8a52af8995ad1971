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

    /// <summary>The longest wait for the database, for one batch and for all that is left at the end.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(5);

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

    /// <summary>Writes all that waits: the sessions that have just been closed go on at other gateways, which need it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var bound = new CancellationTokenSource(WriteMax, time);
        while (ExecuteTask is null or { IsCompleted: true } && waiting.Reader.Count > 0 && !bound.IsCancellationRequested)
        {
            await WriteAsync(bound.Token);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deletedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Not ended by the stop, which would lose the batch.
            using (var bound = new CancellationTokenSource(WriteMax, time))
            {
                await WriteAsync(bound.Token);
            }

            if (time.GetElapsedTime(deletedAt) >= DeletionInterval)
            {
                deletedAt = time.GetTimestamp();
                await TryAsync(() => store.DeleteOldAsync(DeletedMax, stoppingToken));
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
            // The process stops, or the database does not answer. What was not written is known to this gateway only.
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
