using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Schemas and names that the upstream refuses.</summary>
public sealed class SchemaBugTests
{
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

    private static string Cleaned(string schema) => Encoding.UTF8.GetString(SchemaCleaner.ToGeminiSchema(new RawJson(Encoding.UTF8.GetBytes(schema)))!.Value.Utf8.Span);
}
