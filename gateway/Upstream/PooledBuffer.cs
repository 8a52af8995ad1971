using System.Buffers;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Bytes in rented memory that grows up to a bound. Its memory is valid until it is disposed.</summary>
/// <param name="initialBytes">The first piece rented.</param>
/// <param name="bytesMax">The bound.</param>
internal sealed class PooledBuffer(int initialBytes, int bytesMax) : IBufferWriter<byte>, IDisposable
{
    private byte[]? rented = ArrayPool<byte>.Shared.Rent(Math.Min(initialBytes, bytesMax));
    private int start;
    private int end;
    private int searched;

    /// <summary>What has been written and not yet dropped.</summary>
    public ReadOnlyMemory<byte> Written => Array.AsMemory(start, end - start);

    public int Count => end - start;

    /// <summary>Whether the bound is reached.</summary>
    public bool IsFull => end - start >= bytesMax;

    private byte[] Array => rented ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Free memory, at least one byte, at most up to the bound.</summary>
    /// <exception cref="BufferOverflowException">The bound is reached.</exception>
    public Memory<byte> Free(int bytesMin = 1)
    {
        if (Count + bytesMin > bytesMax)
        {
            throw new BufferOverflowException(bytesMax);
        }

        if (Array.Length - end < bytesMin)
        {
            MakeRoom(bytesMin);
        }

        return Array.AsMemory(end, Math.Min(Array.Length - end, bytesMax - Count));
    }

    public void Advance(int count) => end += count;

    /// <summary>Where the first line ends; -1 while it does not. What was searched is not searched again.</summary>
    public int FindLineEnd()
    {
        var found = Array.AsSpan(start + searched, Count - searched).IndexOf((byte)'\n');
        searched = found < 0 ? Count : searched + found;
        return found < 0 ? -1 : searched;
    }

    /// <summary>Forgets bytes at the front.</summary>
    public void Drop(int count)
    {
        searched = Math.Max(0, searched - count);
        start += count;
        if (start == end)
        {
            start = end = 0;
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => Free(Math.Max(1, sizeHint));

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (rented is { } array)
        {
            rented = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void MakeRoom(int bytesMin)
    {
        var target = Array;
        if (Count + bytesMin > target.Length / 2)
        {
            target = ArrayPool<byte>.Shared.Rent((int)Math.Min(bytesMax, Math.Max(2L * target.Length, (long)Count + bytesMin)));
        }

        Array.AsSpan(start, Count).CopyTo(target);
        (start, end) = (0, Count);
        if (target != Array)
        {
            ArrayPool<byte>.Shared.Return(Array);
            rented = target;
        }
    }
}
