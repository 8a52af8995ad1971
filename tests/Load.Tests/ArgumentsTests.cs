using GeminiBalance.Load.Commands;

namespace GeminiBalance.Load.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void Parse_ValuesAndFlags_AreRead()
    {
        var arguments = Parse("quota", "--kill", "--seconds", "75");

        Assert.Equal("quota", arguments.Command);
        Assert.True(arguments.Has("kill"));
        Assert.Equal(75, arguments.Number("seconds", otherwise: 180));
        Assert.Equal(3, arguments.Number("rounds", otherwise: 3));
    }

    [Fact]
    public void Parse_CommandOfTwoWords_IsOne()
    {
        var arguments = Arguments.Parse(["cluster", "kill", "--logs", "here", "--quick"], command => command == "cluster kill" ? ["logs", "quick", "keys"] : null);

        Assert.Equal("cluster kill", arguments.Command);
        Assert.Equal("here", arguments.Text("logs"));
        Assert.True(arguments.Has("quick"));
        Assert.Null(arguments.Text("keys"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("quota", "--speed", "9")]
    [InlineData("quota", "75")]
    public void Parse_Unknown_SaysSo(params string[] words)
    {
        Assert.Throws<FormatException>(() => Parse(words));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void Number_NotAWholeNumberFromOne_SaysSo(string value)
    {
        Assert.Throws<FormatException>(() => Parse("quota", "--seconds", value).Number("seconds", otherwise: 180));
    }

    private static Arguments Parse(params string[] words) => Arguments.Parse(words, command => command == "quota" ? ["seconds", "kill", "rounds"] : null);
}
