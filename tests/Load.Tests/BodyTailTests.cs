using System.Text;
using GeminiBalance.Load.Http;

namespace GeminiBalance.Load.Tests;

public sealed class BodyTailTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public void Is_HoweverTheBodyIsCut_ComparesItsLastBytes(int pieceBytes)
    {
        var tail = new BodyTail(6);
        foreach (var piece in Encoding.ASCII.GetBytes("data: 1, data: [DONE]").Chunk(pieceBytes))
        {
            tail.Add(piece);
        }

        Assert.True(tail.Is("[DONE]"u8));
        Assert.False(tail.Is("[MORE]"u8));
    }

    [Fact]
    public void Is_ShorterBody_IsNot()
    {
        var tail = new BodyTail(6);
        tail.Add("DONE]"u8);

        Assert.False(tail.Is("[DONE]"u8));
    }
}
