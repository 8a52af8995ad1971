using System.Globalization;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class TextPacingTests
{
    private static readonly StreamSettings Defaults = new();

    [Theory]
    [InlineData(1, 24)]
    [InlineData(10, 24)]
    [InlineData(50, 16)]
    [InlineData(5000, 16)]
    public void Pause_ShortAndLongTexts_HaveTheBounds(int length, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), TextPacing.PauseOf(length, Defaults));

    [Fact]
    public void Pause_Between_FallsWithTheLogarithmOfTheLength()
    {
        // The middle of 10 and 50 on a logarithmic scale is the root of 500.
        Assert.Equal(20, TextPacing.PauseOf(22, Defaults).TotalMilliseconds, 0.2);
        Assert.True(TextPacing.PauseOf(11, Defaults) > TextPacing.PauseOf(49, Defaults));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 50)]
    [InlineData(50, 10)]
    public void Pause_ThresholdsThatMeetOrCross_IsOneOfTheBounds(int shortChars, int longChars)
    {
        var settings = Defaults with { ShortTextChars = shortChars, LongTextChars = longChars };

        Assert.All(Enumerable.Range(1, 100), length => Assert.Contains(TextPacing.PauseOf(length, settings), new[] { settings.DelayMin, settings.DelayMax }));
    }

    [Fact]
    public void Pieces_BelowTheLongThreshold_AreSingleCharacters() =>
        Assert.Equal(["H", "e", "l", "l", "o"], TextPacing.Pieces("Hello", Defaults));

    [Fact]
    public void Pieces_OfALongText_HaveTheConfiguredSize()
    {
        var text = new string('a', 48) + "bcd";

        var pieces = TextPacing.Pieces(text, Defaults);

        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces.SkipLast(1), piece => Assert.Equal(5, piece.Length));
        Assert.Equal(11, pieces.Count);
    }

    [Theory]
    [InlineData("😀😀")]
    [InlineData("👩‍👩‍👧‍👦🇩🇪é")]
    [InlineData("e\u0301\r\nक्षि")]
    public void Pieces_NeverEndWithinWhatPeopleSeeAsOneCharacter(string text)
    {
        foreach (var settings in new[] { Defaults, Defaults with { LongTextChars = 1, PieceChars = 3 } })
        {
            var pieces = TextPacing.Pieces(text, settings);

            Assert.Equal(text, string.Concat(pieces));
            var starts = StringInfo.ParseCombiningCharacters(text);
            var at = 0;
            foreach (var piece in pieces)
            {
                Assert.Contains(at, starts);
                at += piece.Length;
            }
        }

        Assert.Equal(StringInfo.ParseCombiningCharacters(text).Length, TextPacing.Pieces(text, Defaults).Count);
    }

    [Fact]
    public void Pieces_OfAVeryLongText_AreBounded()
    {
        var text = new string('x', 1_000_000);

        var pieces = TextPacing.Pieces(text, Defaults);

        Assert.Equal(500, pieces.Count);
        Assert.Equal(text, string.Concat(pieces));
    }
}
