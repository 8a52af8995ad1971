using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

/// <summary>Gives bytes in pieces of one size.</summary>
internal sealed class PieceStream(byte[] content, int piece) : ReadOnceStream
{
    private int position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(Math.Min(piece, buffer.Length), content.Length - position);
        content.AsMemory(position, count).CopyTo(buffer);
        position += count;
        return ValueTask.FromResult(count);
    }
}
