using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class SeamTests
{
    [Theory]
    [InlineData("The quick brown ", "quick brown fox", 12)]
    [InlineData("The quick brown ", "The quick brown fox", 16)]
    [InlineData("The quick brown ", "fox jumps", 0)]
    [InlineData("ha ha ha ", "ha ha!", 0)]
    [InlineData("one two three", "two three one two three four", 9)]
    [InlineData("", "anything", 0)]
    [InlineData("anything", "", 0)]
    public void Overlap_IsTheLongestRepeatOfTheEnd(string said, string next, int expected) => Assert.Equal(expected, Seam.Overlap(said, next));

    [Theory]
    [InlineData("The quick brown ", "quick", true)]
    [InlineData("The quick brown ", "quick brown ", true)]
    [InlineData("The quick brown ", "quick brown f", false)]
    [InlineData("The quick brown ", "fox", false)]
    public void Open_WhileTheContinuationMayStillRepeat(string said, string next, bool expected) => Assert.Equal(expected, Seam.IsOpen(said, next));

    [Fact]
    public void BothHaveABound()
    {
        var endless = new string('a', 10_000);

        Assert.Equal(2_000, Seam.Overlap(endless, endless));
        Assert.False(Seam.IsOpen(endless, endless.AsSpan(0, 2_000)));
        Assert.True(Seam.IsOpen(endless, endless.AsSpan(0, 1_999)));
    }
}
