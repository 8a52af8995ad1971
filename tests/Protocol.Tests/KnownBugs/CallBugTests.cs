using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Calls that clients cannot tell apart.</summary>
public sealed class CallBugTests
{
    private const string Call = """{"functionCall":{"name":"f","args":{"x":1}}}""";

    [Fact]
    public void Bug07_ParallelCalls_HaveTheirOwnIndexes() =>
        Assert.Equal([0, 1, 2], Stream(Event($"{Call},{Call}"), Event(Call, "STOP")).Calls().Select(call => (int)call["index"]!));

    [Theory]
    [InlineData("""{"name":"f"}""")]
    [InlineData("""{"id":"","name":"f"}""")]
    [InlineData("""{"id":null,"name":"f"}""")]
    public void Bug09_MissingOrEmptyCallId_BecomesAnId(string call)
    {
        var part = "{\"functionCall\":" + call + "}";

        Assert.Equal("call_0a1b2c_0", (string?)Assert.Single(Stream(Event(part, "STOP")).Calls())["id"]);
        Assert.Equal("call_0a1b2c_0", (string?)Choice(Event(part, "STOP"))["message"]!["tool_calls"]![0]!["id"]);
    }

    [Fact]
    public void Bug11_NamelessCall_MakesNoTool()
    {
        const string Nameless = """{"functionCall":{"args":{"x":1}}},{"functionCall":{"name":"","args":{}}}""";

        Assert.Equal("f", (string?)Assert.Single(Stream(Event($"{Call},{Nameless}", "STOP")).Calls())["function"]!["name"]);
        Assert.Null(Choice(Event(Nameless, "STOP"))["message"]!["tool_calls"]);
    }
}
