using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Streams that end for the wrong reason, too early or twice.</summary>
public sealed class FinishBugTests
{
    private const string Call = """{"functionCall":{"name":"f","args":{"x":1}}}""";

    [Fact]
    public void Bug01_StopInEveryEvent_FinishesOnceAtTheEnd()
    {
        var stream = Stream(Event("""{"text":"a"}""", "STOP"), Event("""{"text":"b"}""", "STOP"), Event("""{"text":"c"}""", "STOP"));

        Assert.Equal("abc", stream.Text());
        Assert.Equal("stop", stream.Finish());
        Assert.Equal("stop", (string?)stream.Choices.Last()["finish_reason"]);
    }

    [Fact]
    public void Bug02_FinishWithoutContentAfterCall_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), """{"candidates":[{"finishReason":"STOP"}]}""").Finish());

    [Fact]
    public void Bug03_StopWithCallBeforeMoreCalls_IsNotFinishedEarly()
    {
        var stream = Stream(Event(Call, "STOP"), Event(Call), Event("""{"text":"after"}""", "STOP"));

        Assert.Equal(2, stream.Calls().Count);
        Assert.Equal("after", stream.Text());
        Assert.Equal("tool_calls", stream.Finish());
    }

    [Fact]
    public void Bug04_CallAndStopInTwoEvents_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":""}""", "STOP")).Finish());

    [Fact]
    public void Bug05_StreamAndAnswer_FinishAlike()
    {
        Assert.Equal("tool_calls", Stream(Event(Call, "STOP")).Finish());
        Assert.Equal("tool_calls", (string?)Choice(Event(Call, "STOP"))["finish_reason"]);
    }

    [Fact]
    public void Bug06_TextAfterCall_DoesNotForgetTheCall() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":"x"}"""), Event("""{"text":"y"}""", "STOP")).Finish());

    [Fact]
    public void Bug08_SignatureOnlyEventAfterCall_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":"","thoughtSignature":"s"}"""), Event("", "STOP")).Finish());

    [Theory]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("MAX_TOKENS", "length")]
    public void Bug10_CallBeforeSafetyOrMaxTokens_DoesNotHideIt(string reason, string expected)
    {
        Assert.Equal(expected, Stream(Event(Call), Event("", reason)).Finish());
        Assert.Equal(expected, (string?)Choice(Event(Call, reason))["finish_reason"]);
    }
}
