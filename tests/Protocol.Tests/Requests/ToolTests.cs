using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Tools and the choice among them.</summary>
public sealed class ToolTests
{
    private const string Weather = """{"type":"function","function":{"name":"weather","description":"Tells it","strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";
    private const string Plain = """{"type":"function","function":{"name":"ping"}}""";

    [Fact]
    public void Translate_Functions_AreOneTool() =>
        Equal(
            """
            [{"functionDeclarations":[
            {"name":"weather","description":"Tells it","parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},
            {"name":"ping"}]}]
            """,
            Body(Hi($"\"tools\":[{Weather},{Plain}]"))["tools"]);

    [Theory]
    [InlineData("gemini-2.0-flash")]
    [InlineData("gemma-4-31b-it")]
    public void Translate_OldModel_GetsCleanedParameters(string model) =>
        Equal(
            """[{"functionDeclarations":[{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}}}]}]""",
            Body(
                Hi("""
                    "tools":[{"type":"function","function":{"name":"f","parameters":{"$schema":"x","type":"object","additionalProperties":false,"properties":{"a":{"const":"x"}}}}}]
                    """),
                model)["tools"]);

    [Theory]
    [InlineData("")]
    [InlineData(",\"parameters\":null")]
    [InlineData(",\"parameters\":{}")]
    [InlineData(",\"parameters\":{\"type\":\"object\"}")]
    [InlineData(",\"parameters\":{\"type\":\"object\",\"properties\":{}}")]
    [InlineData(",\"parameters\":{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false,\"$schema\":\"x\"}")]
    [InlineData(",\"parameters\":true")]
    public void Translate_FunctionWithoutParameters_HasNone(string parameters)
    {
        var tools = $$$"""{"type":"function","function":{"name":"f"{{{parameters}}}}}""";
        Equal("""[{"functionDeclarations":[{"name":"f"}]}]""", Body(Hi($"\"tools\":[{tools}]"))["tools"]);
        Equal("""[{"functionDeclarations":[{"name":"f"}]}]""", Body(Hi($"\"tools\":[{tools}]"), "gemini-2.0-flash")["tools"]);
    }

    [Fact]
    public void Translate_LegacyFunctions_AreTools()
    {
        var body = Body(Hi("""
            "functions":[{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}],"function_call":{"name":"f"}
            """));

        Equal("""[{"functionDeclarations":[{"name":"f","description":"d","parametersJsonSchema":{"type":"object","properties":{"a":{"type":"string"}}}}]}]""", body["tools"]);
        Equal("""{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}}""", body["toolConfig"]);
    }

    [Fact]
    public void Translate_FlatFunction_IsUnderstood() =>
        Equal("""[{"functionDeclarations":[{"name":"f","description":"d"}]}]""", Body(Hi("\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\"}]"))["tools"]);

    [Fact]
    public void Translate_CustomTool_IsFunctionOfOneText()
    {
        var chat = Translate(Hi("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"sql\",\"description\":\"d\",\"format\":{\"type\":\"grammar\"}}}]"));

        Assert.Equal(["sql"], chat.CustomTools);
        Equal(
            """[{"functionDeclarations":[{"name":"sql","description":"d","parametersJsonSchema":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}}]}]""",
            System.Text.Json.Nodes.JsonNode.Parse(chat.ToUtf8Bytes())!["tools"]);
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}]", "googleSearch")]
    [InlineData("\"tools\":[{\"type\":\"web_search_preview_2025_03_11\",\"search_context_size\":\"low\"}]", "googleSearch")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"googleSearch\"}}]", "googleSearch")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"google_search\",\"parameters\":{}}}]", "googleSearch")]
    [InlineData("\"web_search_options\":{}", "googleSearch")]
    [InlineData("\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}]", "codeExecution")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"code_execution\"}}]", "codeExecution")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"url_context\"}}]", "urlContext")]
    public void Translate_BuiltInTool_IsSwitchedOn(string members, string tool) => Equal($$$"""[{"{{{tool}}}":{}}]""", Body(Hi(members))["tools"]);

    [Fact]
    public void Translate_ClientsOwnWebSearch_StaysAFunction() =>
        Equal(
            """[{"functionDeclarations":[{"name":"web_search","parametersJsonSchema":{"type":"object","properties":{"q":{"type":"string"}}}}]}]""",
            Body(Hi("""
                "tools":[{"type":"function","function":{"name":"web_search","parameters":{"type":"object","properties":{"q":{"type":"string"}}}}}]
                """))["tools"]);

    [Fact]
    public void Translate_FunctionsBesideSearch_BothFromGemini3On()
    {
        var body = Body(Hi($"\"tools\":[{Plain},{{\"type\":\"web_search\"}}],\"tool_choice\":\"auto\""), "gemini-3.5-flash");

        Equal("""[{"functionDeclarations":[{"name":"ping"}]},{"googleSearch":{}}]""", body["tools"]);
        Equal("""{"includeServerSideToolInvocations":true}""", body["toolConfig"]);
    }

    [Fact]
    public void Translate_FunctionsBesideSearch_FunctionsWinBeforeGemini3()
    {
        var body = Body(Hi($"\"tools\":[{Plain},{{\"type\":\"web_search\"}}]"));

        Equal("""[{"functionDeclarations":[{"name":"ping"}]}]""", body["tools"]);
        Assert.Null(body["toolConfig"]);
    }

    [Fact]
    public void Translate_ToolOutOfReach_NamesItsField() =>
        Assert.Equal("tools[1].type", Fails(Hi($"\"tools\":[{Plain},{{\"type\":\"file_search\"}}]")).Param);

    [Theory]
    [InlineData("\"none\"", """{"functionCallingConfig":{"mode":"NONE"}}""")]
    [InlineData("\"auto\"", """{"functionCallingConfig":{"mode":"AUTO"}}""")]
    [InlineData("\"required\"", """{"functionCallingConfig":{"mode":"ANY"}}""")]
    [InlineData("null", null)]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}", """{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["ping"]}}""")]
    [InlineData("{\"type\":\"function\",\"name\":\"ping\"}", """{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["ping"]}}""")]
    [InlineData("{\"type\":\"web_search\"}", """{"functionCallingConfig":{"mode":"AUTO"}}""")]
    [InlineData("{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}]}}",
        """{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["ping"]}}""")]
    [InlineData("{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}]}}",
        """{"functionCallingConfig":{"mode":"VALIDATED","allowedFunctionNames":["ping"]}}""")]
    [InlineData("{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[]}}", """{"functionCallingConfig":{"mode":"NONE"}}""")]
    public void Translate_ToolChoice_IsMode(string choice, string? config) =>
        Equal(config ?? "null", Body(Hi($"\"tools\":[{Weather},{Plain}],\"tool_choice\":{choice}"))["toolConfig"]);

    [Fact]
    public void Translate_AllowedToolsOnOldModel_OnlyThoseAreDeclared()
    {
        var body = Body(
            Hi($"\"tools\":[{Weather},{Plain}],\"tool_choice\":{{\"type\":\"allowed_tools\",\"allowed_tools\":{{\"mode\":\"auto\",\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"ping\"}}}}]}}}}"),
            "gemini-2.0-flash");

        Equal("""[{"functionDeclarations":[{"name":"ping"}]}]""", body["tools"]);
        Equal("""{"functionCallingConfig":{"mode":"AUTO"}}""", body["toolConfig"]);
    }

    [Fact]
    public void Translate_ToolChoiceWithoutFunctions_IsLeftOut()
    {
        Assert.Null(Body(Hi("\"tool_choice\":\"required\""))["toolConfig"]);
        Assert.Null(Body(Hi("\"tool_choice\":\"required\",\"tools\":[{\"type\":\"web_search\"}]"))["toolConfig"]);
    }

    [Fact]
    public void Translate_ChoiceOfUnknownTool_IsRefused() =>
        Assert.Equal("tool_choice", Fails(Hi($"\"tools\":[{Plain}],\"tool_choice\":{{\"type\":\"function\",\"function\":{{\"name\":\"pong\"}}}}")).Param);

    [Theory]
    [InlineData("weather", "weather")]
    [InlineData("_x.y:z-1", "_x.y:z-1")]
    [InlineData("1st", "_1st")]
    [InlineData("get weather!", "get_weather_")]
    [InlineData("天气", "___")]
    [InlineData("mcp/server/tool", "mcp_server_tool")]
    public void Translate_ToolName_IsMadeLegalAndRemembered(string client, string upstream)
    {
        var chat = Translate(Hi($$$"""
            "tools":[{"type":"function","function":{"name":"{{{client}}}"}}],"tool_choice":{"type":"function","function":{"name":"{{{client}}}"}}
            """));

        Assert.Equal(upstream, chat.Request.Tools![0].FunctionDeclarations![0].Name);
        Assert.Equal([upstream], chat.Request.ToolConfig!.FunctionCallingConfig!.AllowedFunctionNames);
        Assert.Equal(client == upstream ? null : client, chat.ToolNames.GetValueOrDefault(upstream));
    }

    [Fact]
    public void Translate_NamesThatBecomeAlike_StayApart()
    {
        var chat = Translate(Hi("""
            "tools":[{"type":"function","function":{"name":"a b"}},{"type":"function","function":{"name":"a_b"}},{"type":"function","function":{"name":"a?b"}},{"type":"function","function":{"name":"a_b"}}]
            """));

        Assert.Equal(["a_b_2", "a_b", "a_b_3", "a_b_4"], chat.Request.Tools![0].FunctionDeclarations!.Select(declaration => declaration.Name));
        Assert.Equal(["a b", "a?b", "a_b"], new[] { "a_b_2", "a_b_3", "a_b_4" }.Select(name => chat.ToolNames[name]));
    }

    [Fact]
    public void Translate_LongNames_AreCutAndStayApart()
    {
        var first = new string('x', 80) + "1";
        var second = new string('x', 80) + "2";
        var names = Translate(Hi($$$"""
            "tools":[{"type":"function","function":{"name":"{{{first}}}"}},{"type":"function","function":{"name":"{{{second}}}"}}]
            """)).Request.Tools![0].FunctionDeclarations!.Select(declaration => declaration.Name).ToArray();

        Assert.All(names, name => Assert.Equal(64, name.Length));
        Assert.NotEqual(names[0], names[1]);
    }

    [Fact]
    public void Translate_JsonAnswerBesideToolsBeforeGemini3_IsASentence()
    {
        var body = Body(Hi($"\"tools\":[{Plain}],\"response_format\":{{\"type\":\"json_object\"}}"));

        Assert.Null(body["generationConfig"]);
        Assert.Contains("JSON", (string)body["systemInstruction"]!["parts"]![0]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_JsonSchemaBesideToolsBeforeGemini3_IsInTheSentence() =>
        Assert.Contains(
            "\"answer\"",
            (string)Body(Hi($$$$$$"""
                "tools":[{{{{{{Plain}}}}}}],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"object","properties":{"answer":{"type":"string"}}}}}
                """))["systemInstruction"]!["parts"]![0]!["text"]!,
            StringComparison.Ordinal);

    [Fact]
    public void Translate_JsonAnswerBesideToolsFromGemini3On_IsMimeType() =>
        Equal("""{"responseMimeType":"application/json"}""", Body(Hi($"\"tools\":[{Plain}],\"response_format\":{{\"type\":\"json_object\"}}"), "gemini-3.5-flash")["generationConfig"]);

    [Fact]
    public void Declare_SameNames_AreTheSameInEveryProcess() => Assert.Equal(391_104_212UL, StableHash.Of("stable") & 0xFFFF_FFFF);
}
