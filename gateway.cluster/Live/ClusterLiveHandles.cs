using System.Buffers.Binary;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Live;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Live;

/// <summary>Handles for resuming Live sessions, known to every gateway: in memory where they came by, and written behind for the others.</summary>
internal sealed partial class ClusterLiveHandles(MySqlLiveHandles store, TimeProvider time, ILogger<ClusterLiveHandles> logger)
    : WriteBehind<LiveHandleRow>(time, Bounds), ILiveHandles
{
    private const int HashBytes = 16;

    private static readonly WriteBehindBounds Bounds = new(WaitingMax: 10_000, WaitingBytesMax: 10_000 * HashBytes, BatchMax: 500, BatchBytesMax: 500 * HashBytes);

    private readonly MemoryLiveHandles own = new(time);

    public void Keep(string handle, KeyId key)
    {
        own.Keep(handle, key);
        Add(new LiveHandleRow(BytesOf(handle), key.Value));
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
            Log.Unreadable(logger, failure.Message);
            return null;
        }
    }

    protected override int BytesOf(LiveHandleRow row) => row.Hash.Length;

    protected override Task WriteAsync(IReadOnlyCollection<LiveHandleRow> rows, CancellationToken cancellationToken) =>
        store.KeepAsync(rows, Limits.LiveHandleLifetime, cancellationToken);

    protected override void TellFailed(string reason) => Log.Failed(logger, reason);

    private static byte[] BytesOf(string handle)
    {
        var bytes = new byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, MemoryLiveHandles.HashOf(handle));
        return bytes;
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.LiveHandlesFailed, LogLevel.Warning, "Handles of Live sessions are known to this gateway only, until they can be written: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(ClusterEventIds.LiveHandlesUnreadable, LogLevel.Warning, "The handle of a Live session of another gateway could not be looked for: {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
