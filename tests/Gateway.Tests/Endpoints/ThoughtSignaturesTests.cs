using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class ThoughtSignaturesTests
{
    [Fact]
    public void Keep_MoreThanTheCount_ForgetsTheOldest()
    {
        var signatures = new ThoughtSignatures(countMax: 2, charsMax: 1000);
        signatures.Keep("a", "1");
        signatures.Keep("b", "2");
        signatures.Keep("a", "3");
        signatures.Keep("c", "4");

        Assert.Equal((null, "2", "4"), (signatures.Find("a"), signatures.Find("b"), signatures.Find("c")));
    }

    [Fact]
    public void Keep_MoreThanTheMemory_ForgetsTheOldest()
    {
        var signatures = new ThoughtSignatures(countMax: 100, charsMax: 10);
        signatures.Keep("a", "1234");
        signatures.Keep("b", "1234");
        Assert.Equal("1234", signatures.Find("a"));
        signatures.Keep("b", "12345");

        Assert.Equal((null, "12345"), (signatures.Find("a"), signatures.Find("b")));
    }

    [Fact]
    public void Keep_LargerThanAllMemory_IsNotKept()
    {
        var signatures = new ThoughtSignatures(countMax: 100, charsMax: 10);
        signatures.Keep("a", new string('x', 11));

        Assert.Null(signatures.Find("a"));
    }
}
