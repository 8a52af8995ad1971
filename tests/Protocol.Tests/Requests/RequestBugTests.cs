using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Bugs of other translators that made real requests fail; the numbers are those of our list of them.</summary>
public sealed class RequestBugTests
{
    private const string TwoCalls = """
        {"role":"user","content":"go"},
        {"role":"assistant","content":"","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"SIG="}}},
        {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}
        """;

    private const string TwoResults = """{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}""";

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
    public void Bug30_ExtraContentStripped_EverySecondTurnStillSigned()
    {
        var contents = Contents($"{TwoCalls},{TwoResults}", "gemini-3.5-flash");

        Assert.Equal("SIG=", (string?)contents[1]!["parts"]![0]!["thoughtSignature"]);
    }

    [Fact]
    public void Bug35_SchemaKeywordLeftInOneRoute_CleanedInToolsAndAnswers()
    {
        const string Schema = """{"$schema":"s","type":"object","properties":{"a":{"type":"string","$comment":"c"}}}""";
        var body = Body(Hi($$$$$$"""
            "tools":[{"type":"function","function":{"name":"f","parameters":{{{{{{Schema}}}}}}}}],"functions":[{"name":"g","parameters":{{{{{{Schema}}}}}}}]
            """), "gemini-2.0-flash");
        var answer = Body(Hi($$$$$$"""
            "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{{{{{{Schema}}}}}}}}
            """), "gemini-2.0-flash");

        Assert.DoesNotContain("$schema", body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("$schema", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("additionalProperties", "false")]
    [InlineData("propertyNames", "{\"pattern\":\"x\"}")]
    [InlineData("$schema", "\"s\"")]
    public void Bug36_KeywordsNestedDeep_AreCleaned(string keyword, string value)
    {
        var schema = $$$$$$$"""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","{{{{{{{keyword}}}}}}}":{{{{{{{value}}}}}}},"properties":{"b":{"type":"string"}}}}}}""";

        Assert.DoesNotContain(keyword, Cleaned(schema), StringComparison.Ordinal);
    }

    [Fact]
    public void Bug37_ConstInsideAnyOf_IsAnEnumeration() =>
        Equal(
            """{"type":"object","properties":{"a":{"anyOf":[{"type":"string","enum":["x"]},{"type":"string","enum":["y"]}]}}}""",
            JsonNode.Parse(Cleaned("""{"type":"object","properties":{"a":{"anyOf":[{"const":"x"},{"const":"y"}]}}}""")));

    [Fact]
    public void Bug38_ExamplesKeyword_IsDropped() =>
        Assert.DoesNotContain("examples", Cleaned("""{"type":"object","properties":{"a":{"type":"string","examples":["x"]}}}"""), StringComparison.Ordinal);

    [Fact]
    public void Bug39_ArrayWithoutItemsAndIllegalName_AreMadeLegal()
    {
        var declaration = Body(Hi("""
            "tools":[{"type":"function","function":{"name":"read/files","parameters":{"type":"object","properties":{"paths":{"type":"array"}}}}}]
            """), "gemini-2.0-flash")["tools"]![0]!["functionDeclarations"]![0]!;

        Assert.Equal("read_files", (string?)declaration["name"]);
        Assert.NotNull(declaration["parameters"]!["properties"]!["paths"]!["items"]);
    }

    [Fact]
    public void Bug40_NameOver64Characters_IsCutAndMappedBack()
    {
        var name = "mcp__server__" + new string('x', 90);
        var chat = Translate(Hi($$$"""
            "tools":[{"type":"function","function":{"name":"{{{name}}}"}}]
            """));
        var upstream = chat.Request.Tools![0].FunctionDeclarations![0].Name;

        Assert.Equal(64, upstream.Length);
        Assert.Equal(name, chat.ToolNames[upstream]);
    }

    [Fact]
    public void Bug41_ResultWithoutName_GetsThatOfItsCall() =>
        Assert.Equal(["f", "g"], Contents($"{TwoCalls},{TwoResults}")[2]!["parts"]!.AsArray().Select(part => (string?)part!["functionResponse"]!["name"]));

    [Fact]
    public void Bug42_DefaultFrequencyPenalty_IsNotSent() =>
        Assert.Null(Body(Hi("\"frequency_penalty\":0,\"presence_penalty\":0"), "gemini-2.0-flash")["generationConfig"]);

    [Fact]
    public void Bug43_PenaltyForModelWithoutPenalties_IsNotSent() =>
        Assert.Null(Body(Hi("\"frequency_penalty\":0.5"), "gemini-2.5-flash")["generationConfig"]);

    [Fact]
    public void Bug44_JsonMimeTypeBesideTools_IsNotSentBeforeGemini3() =>
        Assert.Null(Body(Hi("""
            "response_format":{"type":"json_object"},"tools":[{"type":"function","function":{"name":"f"}}]
            """))["generationConfig"]?["responseMimeType"]);

    [Theory]
    [InlineData("gemini-3.7-flash")]
    [InlineData("gemini-3.8-flash")]
    [InlineData("gemini-3.1-pro-preview")]
    public void Bug61_MinimalForEveryFlash_IsLowWhereItIsRefused(string model) =>
        Assert.Equal("LOW", (string?)Body(Hi("\"reasoning_effort\":\"minimal\""), model)["generationConfig"]!["thinkingConfig"]!["thinkingLevel"]);

    [Fact]
    public void Bug62_SamplingAndPrefillForNewModels_AreNotSent()
    {
        var body = Body("""{"model":"m","temperature":0.5,"messages":[{"role":"user","content":"go"},{"role":"assistant","content":"Once"}]}""", "gemini-3.6-flash");

        Assert.Null(body["generationConfig"]);
        Assert.Equal("user", (string?)body["contents"]!.AsArray()[^1]!["role"]);
    }

    [Fact]
    public void Bug63_BudgetZeroForLevelModels_IsTheLowestLevel()
    {
        var config = Body(Hi("\"thinking_budget\":0,\"max_tokens\":256"), "gemini-3.5-flash")["generationConfig"]!["thinkingConfig"]!;

        Equal("""{"thinkingLevel":"MINIMAL"}""", config);
    }

    [Fact]
    public void Bug64_LevelForBudgetModels_IsABudget() =>
        Equal("""{"thinkingBudget":24576}""", Body(Hi("\"reasoning_effort\":\"high\""), "gemini-2.5-flash")["generationConfig"]!["thinkingConfig"]);

    private const string Picture = """
        {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"seen"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
        {"role":"tool","tool_call_id":"b","content":"2"}
        """;

    private static JsonArray Contents(string messages, string model = "gemini-2.5-flash") => Body(Messages(messages), model)["contents"]!.AsArray();

    private static string Cleaned(string schema) => Encoding.UTF8.GetString(SchemaCleaner.ToGeminiSchema(new RawJson(Encoding.UTF8.GetBytes(schema)))!.Value.Utf8.Span);
}
