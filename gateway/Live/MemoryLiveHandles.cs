using System.Security.Cryptography;
using System.Text;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>Handles in this process, as hashes: with a handle a conversation can be read. The oldest are forgotten first.</summary>
/// <param name="time">The clock.</param>
/// <param name="countMax">Handles.</param>
internal sealed class MemoryLiveHandles(TimeProvider time, int countMax) : ILiveHandles
{
    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, (KeyId Key, DateTimeOffset Until)> handles = [];
    private readonly Queue<UInt128> order = new();

    public MemoryLiveHandles(TimeProvider time)
        : this(time, Limits.LiveHandlesMax)
    {
    }

    public void Keep(string handle, KeyId key)
    {
        var hash = HashOf(handle);
        lock (gate)
        {
            if (!handles.ContainsKey(hash))
            {
                order.Enqueue(hash);
            }

            handles[hash] = (key, time.GetUtcNow() + Limits.LiveHandleLifetime);
            while (handles.Count > countMax && order.TryDequeue(out var oldest))
            {
                handles.Remove(oldest);
            }
        }
    }

    public ValueTask<KeyId?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(handles.TryGetValue(HashOf(handle), out var known) && known.Until > time.GetUtcNow() ? known.Key : null);
        }
    }

    /// <summary>Sixteen bytes of a hash: enough that no two handles are taken for one another.</summary>
    public static UInt128 HashOf(string handle) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(handle)));
}
