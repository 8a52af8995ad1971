using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=   # only a comment", "")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#no-comment", "b#no-comment")]
    [InlineData("A='b # c' # comment", "b # c")]
    [InlineData("A=\"b # c\"", "b # c")]
    [InlineData("A=\"b\\n\\\"c\\\"\"", "b\n\"c\"")]
    [InlineData("A='it\\'s'", "it's")]
    [InlineData("A='C:\\new'", "C:\\new")]
    [InlineData("A=\"one\ntwo\"", "one\ntwo")]
    [InlineData("A=\"one\r\ntwo\"\r\n", "one\ntwo")]
    [InlineData("A=[\"x\", \"y\"]", "[\"x\", \"y\"]")]
    [InlineData("A=[\"x #1\", \"y\"] # keys", "[\"x #1\", \"y\"]")]
    [InlineData("A=['x','y']", "['x','y']")]
    [InlineData("A='[\"x\",\"y\"]'", "[\"x\",\"y\"]")]
    [InlineData("A={\"m\":{\"rpm\":5}} # limits", "{\"m\":{\"rpm\":5}}")]
    [InlineData("A=$HOME/${B}", "$HOME/${B}")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("\ufeffA=1\r\n", "1")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("A=\"never closed\nB=2", "\"never closed")]
    public void Parse_OneLine_GivesValue(string text, string expected) => Assert.Equal(expected, DotEnvFile.Parse(text)["A"]);

    [Fact]
    public void Parse_CommentsAndNoise_AreLeftOut()
    {
        var values = DotEnvFile.Parse("# A=1\n\n  # B=2\nnonsense\n=x\nC=3\n");

        Assert.Equal(["C"], values.Keys);
    }

    [Fact]
    public void Parse_AfterUnclosedQuote_ReadsTheLinesBelow() => Assert.Equal("2", DotEnvFile.Parse("A='open\nB=2")["B"]);
}
