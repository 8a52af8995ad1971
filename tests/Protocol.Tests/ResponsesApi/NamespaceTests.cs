using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.ResponsesApi.ResponsesBench;

namespace GeminiBalance.Protocol.Tests.ResponsesApi;

/// <summary>Tools in groups, as Codex sends them: Gemini knows each by the names of its group and its own.</summary>
public sealed class NamespaceTests
{
    private const string Tools =
        """
        "tools":[{"type":"function","name":"shell"},
          {"type":"namespace","name":"agents","description":"Helpers.","tools":[
            {"type":"function","name":"spawn","description":"Starts one.","parameters":{"type":"object"}},{"type":"custom","name":"say"}]},
          {"type":"namespace","name":"mcp__","description":"","tools":[{"type":"function","name":"spawn"}]}]
        """;

    [Fact]
    public void Tools_OfGroups_AreDeclaredInTheirPlaceWithBothNames()
    {
        var declared = Sent($$"""{"model":"m","input":"x",{{Tools}}}""")["tools"]![0]!["functionDeclarations"]!.AsArray();

        Assert.Equal(["shell", "agents__spawn", "agents__say", "mcp__spawn"], declared.Select(one => (string?)one!["name"]));
        Assert.Equal([null, "Helpers.\n\nStarts one.", null, null], declared.Select(one => (string?)one!["description"]));
    }

    [Fact]
    public void Calls_ComeBackWithTheGroupBesideTheName()
    {
        var about = About($$"""{"model":"m","input":"x",{{Tools}}}""", null, "agents__say");
        var answer = Call("agents__spawn", "{}") + "," + Call("agents__say", """{"input":"hi"}""") + "," + Call("shell", "{}");
        var output = Whole("{\"candidates\":[{\"content\":{\"parts\":[" + answer + "]},\"finishReason\":\"STOP\"}]}", about)["output"]!.AsArray();

        Assert.Equal(
            [("function_call", "spawn", "agents"), ("custom_tool_call", "say", "agents"), ("function_call", "shell", null)],
            output.Select(item => ((string)item!["type"]!, (string)item["name"]!, (string?)item["namespace"])));
    }

    [Fact]
    public void Calls_ThatAreSentBack_HaveTheNameTheModelKnows()
    {
        var contents = Sent($$"""
            {"model":"m",{{Tools}},"input":[{"role":"user","content":"x"},
              {"type":"function_call","call_id":"c","namespace":"agents","name":"spawn","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"ok"}]}
            """)["contents"]!;

        Assert.Equal("agents__spawn", (string?)contents[1]!["parts"]![0]!["functionCall"]!["name"]);
        Assert.Equal("agents__spawn", (string?)contents[2]!["parts"]![0]!["functionResponse"]!["name"]);
    }

    [Fact]
    public void Tools_AddedInTheConversation_AreDeclaredAndCalledToo()
    {
        const string Added =
            """
            {"model":"m","tools":[{"type":"function","name":"shell"},{"type":"function","name":"ask","description":"old"}],"input":[{"role":"user","content":"x"},
              {"type":"additional_tools","role":"developer","tools":[{"type":"function","name":"ask","description":"new"},{"type":"namespace","name":"crm","tools":[{"type":"function","name":"find"}]}]},
              {"tools":[{"name":"left","input_schema":{}}],"type":"mcp_list_tools","server_label":"s"}]}
            """;
        var request = Request(Added);
        var declared = request.ToChat(request.Input, "m").Request.Tools;
        var output = Whole("{\"candidates\":[{\"content\":{\"parts\":[" + Call("crm__find", "{}") + "]},\"finishReason\":\"STOP\"}]}", About() with { Request = request })["output"]!;

        Assert.Equal([("shell", null), ("ask", "new"), ("crm__find", null)], declared.Select(tool => (tool.Name, tool.Description)));
        Assert.Equal(("find", "crm"), ((string?)output[0]!["name"], (string?)output[0]!["namespace"]));
    }

    [Theory]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"namespace","tools":[]}]}""", "tools[0].name")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"namespace","name":"a","tools":[{"type":"function"}]}]}""", "tools[0].tools[0].name")]
    public void Read_AGroupThatCannotBe_NamesTheField(string json, string param)
    {
        Assert.Equal(param, Assert.Throws<TranslationException>(() => Chat(json)).Param);
    }

    private static string Call(string name, string args) => new JsonObject { ["functionCall"] = new JsonObject { ["name"] = name, ["args"] = JsonNode.Parse(args) } }.ToJsonString();
}
