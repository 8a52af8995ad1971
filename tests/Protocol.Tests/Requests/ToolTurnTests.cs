using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Calls and results in the history: as many as each other, in order, with their ids.</summary>
public sealed class ToolTurnTests
{
    private const string User = """{"role":"user","content":"go"}""";

    [Fact]
    public void Translate_CallAndResult_CarryIdAndName() =>
        Equal(
            """
            [{"role":"user","parts":[{"text":"go"}]},
            {"role":"model","parts":[{"functionCall":{"id":"c1","name":"f","args":{"x":1}}}]},
            {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"f","response":{"y":2}}}]}]
            """,
            Contents($$"""{{User}},{{Calls(("c1", "f", "{\\\"x\\\":1}"))}},{{Result("c1", "{\\\"y\\\":2}")}}"""));

    [Theory]
    [InlineData("{\\\"a\\\":[1]}", """{"a":[1]}""")]
    [InlineData("[1,2]", """{"result":[1,2]}""")]
    [InlineData("42", """{"result":42}""")]
    [InlineData("true", """{"result":true}""")]
    [InlineData("null", """{"result":null}""")]
    [InlineData("sunny", """{"result":"sunny"}""")]
    [InlineData("{broken", """{"result":"{broken"}""")]
    [InlineData("007", """{"result":"007"}""")]
    [InlineData("1e999", """{"result":"1e999"}""")]
    [InlineData("", """{"result":""}""")]
    public void Translate_Result_IsAlwaysAnObject(string content, string response) =>
        Equal(response, Contents($"{User},{Calls(("c", "f", "{}"))},{Result("c", content)}")[2]!["parts"]![0]!["functionResponse"]!["response"]);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("", "{}")]
    [InlineData("  ", "{}")]
    [InlineData("{\\\"a\\\": {\\\"b\\\": \\\"\\u00e9\\\"}}", """{"a":{"b":"é"}}""")]
    [InlineData("{\\\"a\\\":", """{"arguments":"{\"a\":"}""")]
    [InlineData("[1]", """{"arguments":[1]}""")]
    public void Translate_Arguments_AreAlwaysAnObject(string arguments, string args) =>
        Equal(args, Contents($"{User},{Calls(("c", "f", arguments))},{Result("c", "ok")}")[1]!["parts"]![0]!["functionCall"]!["args"]);

    [Fact]
    public void Translate_ArgumentsThatAreNoText_AreTaken() =>
        Equal(
            """{"a":1}""",
            Contents($$$$"""{{{{User}}}},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":{"a":1}}}]},{{{{Result("c", "ok")}}}}""")
                [1]!["parts"]![0]!["functionCall"]!["args"]);

    [Fact]
    public void Translate_ParallelResultsOutOfOrder_StandInOrderOfCalls() =>
        Equal(
            """[{"functionResponse":{"id":"a","name":"f","response":{"result":"A"}}},{"functionResponse":{"id":"b","name":"g","response":{"result":"B"}}}]""",
            Contents($"{User},{Calls(("a", "f", "{}"), ("b", "g", "{}"))},{Result("b", "B")},{Result("a", "A")}")[2]!["parts"]);

    [Fact]
    public void Translate_CallsSplitOverTwoAnswers_AreOneStep()
    {
        var contents = Contents($"{User},{Calls(("a", "f", "{}"))},{Calls(("b", "g", "{}"))},{Result("a", "A")},{Result("b", "B")}");

        Assert.Equal(3, contents.Count);
        Assert.Equal(2, contents[1]!["parts"]!.AsArray().Count);
        Assert.Equal(2, contents[2]!["parts"]!.AsArray().Count);
    }

    [Fact]
    public void Translate_QuestionBehindResults_HasAContentOfItsOwn()
    {
        var contents = Contents($$"""{{User}},{{Calls(("a", "f", "{}"))}},{{Result("a", "A")}},{"role":"user","content":"and now?"}""");

        Equal("""{"role":"user","parts":[{"text":"and now?"}]}""", contents[3]);
        Assert.Single(contents[2]!["parts"]!.AsArray());
    }

    [Fact]
    public void Translate_ResultBehindAnotherMessage_StillFollowsItsCall()
    {
        var contents = Contents($$"""{{User}},{{Calls(("a", "f", "{}"))}},{"role":"user","content":"hurry"},{{Result("a", "A")}}""");

        Equal("""{"id":"a","name":"f","response":{"result":"A"}}""", contents[2]!["parts"]![0]!["functionResponse"]);
        Equal("""{"role":"user","parts":[{"text":"hurry"}]}""", contents[3]);
        Assert.Equal(4, contents.Count);
    }

    [Fact]
    public void Translate_CallWithoutResult_GetsOne() =>
        Equal(
            """[{"functionResponse":{"id":"a","name":"f","response":{"result":"A"}}},{"functionResponse":{"id":"b","name":"g","response":{"error":"no result"}}}]""",
            Contents($"{User},{Calls(("a", "f", "{}"), ("b", "g", "{}"))},{Result("a", "A")}")[2]!["parts"]);

    [Fact]
    public void Translate_CallsNobodyAnswered_GetResultsBeforeTheNextQuestion()
    {
        var contents = Contents($"{User},{Calls(("a", "f", "{}"))},{User}");

        Equal("""{"id":"a","name":"f","response":{"error":"no result"}}""", contents[2]!["parts"]![0]!["functionResponse"]);
        Equal("""{"role":"user","parts":[{"text":"go"}]}""", contents[3]);
    }

    [Fact]
    public void Translate_CallsInTheLastMessage_AreDropped()
    {
        Equal("""[{"role":"user","parts":[{"text":"go"}]}]""", Contents($"{User},{Calls(("a", "f", "{}"))}"));
        Equal(
            """[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"text":"I look"}]},{"role":"user","parts":[{"text":"Continue."}]}]""",
            Contents($$"""{{User}},{"role":"assistant","content":"I look"},{{Calls(("a", "f", "{}"))}}"""));
    }

    [Fact]
    public void Translate_ResultWithoutCall_IsText() =>
        Equal(
            """[{"role":"user","parts":[{"text":"go"},{"text":"Result of the tool x9:"},{"text":"42"}]}]""",
            Contents($"{User},{Result("x9", "42")}"));

    [Fact]
    public void Translate_SecondResultOfOneCall_IsText()
    {
        var contents = Contents($"{User},{Calls(("a", "f", "{}"))},{Result("a", "A")},{Result("a", "B")}");

        Assert.Single(contents[2]!["parts"]!.AsArray());
        Equal("""{"role":"user","parts":[{"text":"Result of the tool a:"},{"text":"B"}]}""", contents[3]);
    }

    [Fact]
    public void Translate_ResultWithRewrittenId_IsMatchedByNameThenPosition()
    {
        Equal(
            """[{"functionResponse":{"id":"a","name":"f","response":{"result":"A"}}},{"functionResponse":{"id":"b","name":"g","response":{"result":"B"}}}]""",
            Contents($$"""{{User}},{{Calls(("a", "f", "{}"), ("b", "g", "{}"))}},{"role":"tool","tool_call_id":"y","name":"g","content":"B"},{{Result("z", "A")}}""")[2]!["parts"]);
    }

    [Fact]
    public void Translate_CallsWithoutIds_GetIdsOfTheirOwn()
    {
        var contents = Contents($$"""{{User}},{{Calls(("", "f", "{}"), ("", "f", "{}"))}},{"role":"tool","content":"A"},{"role":"tool","content":"B"}""");
        var ids = contents[1]!["parts"]!.AsArray().Select(part => (string?)part!["functionCall"]!["id"]).ToArray();

        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, contents[2]!["parts"]!.AsArray().Select(part => (string?)part!["functionResponse"]!["id"]));
        Assert.Equal(["A", "B"], contents[2]!["parts"]!.AsArray().Select(part => (string?)part!["functionResponse"]!["response"]!["result"]));
    }

    [Fact]
    public void Translate_LegacyCallAndFunctionMessage_BelongTogether() =>
        Equal(
            """{"functionResponse":{"id":"call_1_0","name":"f","response":{"result":"A"}}}""",
            Contents($$$"""{{{User}}},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"A"}""")[2]!["parts"]![0]);

    [Fact]
    public void Translate_CustomToolCall_CarriesItsTextAsInput() =>
        Equal(
            """{"input":"select 1"}""",
            Contents($$$"""{{{User}}},{"role":"assistant","tool_calls":[{"id":"c","type":"custom","custom":{"name":"sql","input":"select 1"}}]},{{{Result("c", "1")}}}""")
                [1]!["parts"]![0]!["functionCall"]!["args"]);

    [Fact]
    public void Translate_TextBesideCalls_StaysBeforeThem() =>
        Equal(
            """[{"text":"I look"},{"functionCall":{"id":"a","name":"f","args":{}}}]""",
            Contents($$$"""{{{User}}},{"role":"assistant","content":"I look","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{{{Result("a", "A")}}}""")
                [1]!["parts"]);

    [Fact]
    public void Translate_ResultInParts_IsJoined() =>
        Equal(
            """{"result":"a\nb"}""",
            Contents($$"""{{User}},{{Calls(("c", "f", "{}"))}},{"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""")
                [2]!["parts"]![0]!["functionResponse"]!["response"]);

    [Fact]
    public void Translate_IllegalNameInHistory_IsTheDeclaredOne()
    {
        var body = Body($$$"""
            {"model":"m","tools":[{"type":"function","function":{"name":"a b"}}],"messages":[{{{User}}},{{{Calls(("c", "a b", "{}"))}}},{{{Result("c", "x")}}}]}
            """);

        Assert.Equal("a_b", (string?)body["tools"]![0]!["functionDeclarations"]![0]!["name"]);
        Assert.Equal("a_b", (string?)body["contents"]![1]!["parts"]![0]!["functionCall"]!["name"]);
        Assert.Equal("a_b", (string?)body["contents"]![2]!["parts"]![0]!["functionResponse"]!["name"]);
    }

    private static JsonArray Contents(string messages, string model = "gemini-2.5-flash") => Body(Messages(messages), model)["contents"]!.AsArray();

    private static string Result(string id, string content) => $$"""{"role":"tool","tool_call_id":"{{id}}","content":"{{content}}"}""";

    private static string Calls(params (string Id, string Name, string Arguments)[] calls) =>
        $$"""{"role":"assistant","content":null,"tool_calls":[{{string.Join(',', calls.Select(call =>
            $$$"""{"id":"{{{call.Id}}}","type":"function","function":{"name":"{{{call.Name}}}","arguments":"{{{call.Arguments}}}"}}"""))}}]}""";
}
