using System.Buffers;
using GeminiBalance.Gateway.Upstream;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class PooledBufferTests
{
    [Fact]
    public void FindLineEnd_FindsEachLineAsItComes()
    {
        using var buffer = new PooledBuffer(4, 1024);
        var found = new List<int>();
        foreach (var piece in (string[])["a", "bc", "\nd\n", "", "efgh", "\n\n"])
        {
            buffer.Write(System.Text.Encoding.ASCII.GetBytes(piece));
            int end;
            while ((end = buffer.FindLineEnd()) >= 0)
            {
                found.Add(end);
                Assert.Equal(end, buffer.FindLineEnd());
                buffer.Drop(end + 1);
            }
        }

        Assert.Equal([3, 1, 4, 0], found);
    }

    [Fact]
    public void FindLineEnd_OfALineInManyPieces_SearchesEachOnce()
    {
        // Searching from the front each time would read 32 TB.
        const int Pieces = 1_000_000;
        using var buffer = new PooledBuffer(1024, 65 * Pieces);
        for (var i = 0; i < Pieces; i++)
        {
            buffer.Write("0123456789012345678901234567890123456789012345678901234567890123"u8);
            Assert.True(buffer.FindLineEnd() < 0);
        }

        buffer.Write("\n"u8);
        Assert.Equal(64 * Pieces, buffer.FindLineEnd());
    }
}
