namespace GeminiBalance.Load.Http;

/// <summary>The last bytes of a body that comes in pieces, to see whether a stream came to its proper end.</summary>
internal sealed class BodyTail(int length)
{
    private readonly byte[] bytes = new byte[length];

    public void Add(ReadOnlySpan<byte> piece)
    {
        var taken = Math.Min(piece.Length, length);
        bytes.AsSpan(taken).CopyTo(bytes);
        piece[^taken..].CopyTo(bytes.AsSpan(length - taken));
    }

    public bool Is(ReadOnlySpan<byte> expected) => bytes.AsSpan().SequenceEqual(expected);
}
