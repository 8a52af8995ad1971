using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Results of tools whose counts, names and places the upstream checks.</summary>
public sealed class ToolTurnBugTests
{
    private const string TwoCalls = """
        {"role":"user","content":"go"},
        {"role":"assistant","content":"","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"SIG="}}},
        {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}
        """;

    private const string TwoResults = """{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}""";

    private const string Picture = """
        {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"seen"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
        {"role":"tool","tool_call_id":"b","content":"2"}
        """;

    [Fact]
    public void Bug26_OneContentPerToolResult_AllResultsStandInOne()
    {
        var contents = Contents($"{TwoCalls},{TwoResults}");

        Assert.Equal(3, contents.Count);
        Assert.Equal(2, contents[2]!["parts"]!.AsArray().Count);
    }

    [Fact]
    public void Bug27_ToolMessagesAsSeparateTurns_CountsMatch()
    {
        var contents = Contents($$"""{{TwoCalls}},{{TwoResults}},{"role":"user","content":"more"}""");

        Assert.Equal(
            contents[1]!["parts"]!.AsArray().Count(part => part!["functionCall"] is not null),
            contents[2]!["parts"]!.AsArray().Count(part => part!["functionResponse"] is not null));
        Assert.Equal(["user", "model", "user", "user"], contents.Select(content => (string?)content!["role"]));
    }

    [Fact]
    public void Bug28_PictureBesideFunctionResponse_HasAContentOfItsOwnBeforeGemini3()
    {
        var contents = Contents($"{TwoCalls},{Picture}");

        Assert.All(contents[2]!["parts"]!.AsArray(), part => Assert.NotNull(part!["functionResponse"]));
        Equal("""{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]}""", contents[3]);
    }

    [Fact]
    public void Bug28_PictureOfFunctionResponse_StandsInsideItFromGemini3On()
    {
        var contents = Contents($"{TwoCalls},{Picture}", "gemini-3.5-flash");

        Equal(
            """{"id":"a","name":"f","response":{"result":"seen"},"parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]}""",
            contents[2]!["parts"]![0]!["functionResponse"]);
        Assert.Equal(3, contents.Count);
    }

    [Fact]
    public void Bug29_ParallelCallsInSeveralContents_StandInOneWithTheSignature()
    {
        var contents = Contents(
            """
            {"role":"user","content":"go"},
            {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f"},"thought_signature":"SIG="}]},
            {"role":"assistant","tool_calls":[{"id":"b","function":{"name":"g"}}]},
            """ + TwoResults,
            "gemini-3.5-flash");

        Assert.Equal(["SIG=", null], contents[1]!["parts"]!.AsArray().Select(part => (string?)part!["thoughtSignature"]));
    }

    [Fact]
    public void Bug41_ResultWithoutName_GetsThatOfItsCall() =>
        Assert.Equal(["f", "g"], Contents($"{TwoCalls},{TwoResults}")[2]!["parts"]!.AsArray().Select(part => (string?)part!["functionResponse"]!["name"]));

    private static JsonArray Contents(string messages, string model = "gemini-2.5-flash") => Body(Messages(messages), model)["contents"]!.AsArray();
}
