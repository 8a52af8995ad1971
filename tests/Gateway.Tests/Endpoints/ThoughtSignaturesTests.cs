using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Protocol;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class ThoughtSignaturesTests
{
    private static readonly CallFingerprint Weather = new("w");

    [Fact]
    public void Keep_MoreThanTheCount_ForgetsTheOldest()
    {
        var signatures = new ThoughtSignatures(countMax: 2, charsMax: 1000, new NoSharedSignatures());
        Keep(signatures, "a", "1");
        Keep(signatures, "b", "2");
        Keep(signatures, "a", "3");
        Keep(signatures, "c", "4");

        Assert.Equal((null, "2", "4"), (signatures.Find("a"), signatures.Find("b"), signatures.Find("c")));
    }

    [Fact]
    public void Keep_MoreThanTheMemory_ForgetsTheOldest()
    {
        var signatures = new ThoughtSignatures(countMax: 100, charsMax: 12, new NoSharedSignatures());
        Keep(signatures, "a", "1234");
        Keep(signatures, "b", "1234");
        Assert.Equal("1234", signatures.Find("a"));
        Keep(signatures, "b", "12345");

        Assert.Equal((null, "12345"), (signatures.Find("a"), signatures.Find("b")));
    }

    [Fact]
    public void Keep_LargerThanAllMemory_IsNotKept()
    {
        var signatures = new ThoughtSignatures(countMax: 100, charsMax: 10, new NoSharedSignatures());
        Keep(signatures, "a", new string('x', 11));

        Assert.Equal((null, null), (signatures.Find("a"), signatures.Of("me").Find(Weather)));
    }

    [Fact]
    public void Find_ByWhatWasCalled_KnowsTheClientsOwnCallsOnly()
    {
        var signatures = new ThoughtSignatures(new NoSharedSignatures());
        Keep(signatures, "a", "1");

        Assert.Equal(("1", null, null), (signatures.Of("me").Find(Weather), signatures.Of("other").Find(Weather), signatures.Of("me").Find(new CallFingerprint("x"))));
    }

    [Fact]
    public void Find_SameCallWithDifferentSignatures_TellsNoneUntilAllAreForgotten()
    {
        var signatures = new ThoughtSignatures(countMax: 2, charsMax: 1000, new NoSharedSignatures());
        Keep(signatures, "a", "1");
        Keep(signatures, "b", "2");
        Assert.Null(signatures.Of("me").Find(Weather));

        signatures.Of("me").Keep("c", new("x"), "3");
        signatures.Of("me").Keep("d", new("x"), "3");
        Assert.Equal((null, "3"), (signatures.Of("me").Find(Weather), signatures.Of("me").Find(new CallFingerprint("x"))));

        Keep(signatures, "e", "4");
        Assert.Equal("4", signatures.Of("me").Find(Weather));
    }

    [Fact]
    public void Keep_SameIdAgain_IsTheCallOfTheLaterAnswer()
    {
        var signatures = new ThoughtSignatures(new NoSharedSignatures());
        Keep(signatures, "a", "1");
        Keep(signatures, "a", "2");

        Assert.Equal(("2", "2"), (signatures.Find("a"), signatures.Of("me").Find(Weather)));
    }

    private static void Keep(ThoughtSignatures signatures, string id, string signature) => signatures.Of("me").Keep(id, Weather, signature);
}
