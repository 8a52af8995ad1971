using GeminiBalance.Protocol.Models;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Models;

/// <summary>What a name and the settings ask for, in chat requests of OpenAI's dialect.</summary>
public sealed class FeatureTranslationTests
{
    private const string Plain = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";
    private const string WithFunction = """{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f"}}]}""";

    [Theory]
    [InlineData("gemini-2.5-flash-non-thinking", """{"thinkingBudget":0}""")]
    [InlineData("gemini-2.5-pro-non-thinking", """{"thinkingBudget":128}""")]
    [InlineData("gemini-2.5-flash-thinking", """{"thinkingBudget":-1}""")]
    [InlineData("gemini-2.5-flash-thinking-99999", """{"thinkingBudget":24576}""")]
    [InlineData("gemini-2.5-flash-lite-thinking-1", """{"thinkingBudget":512}""")]
    [InlineData("gemini-2.5-flash-thinking-high", """{"thinkingBudget":24576}""")]
    [InlineData("gemini-3-flash-preview-non-thinking", """{"thinkingLevel":"MINIMAL"}""")]
    [InlineData("gemini-3.8-flash-non-thinking", """{"thinkingLevel":"LOW"}""")]
    [InlineData("gemini-3.8-flash-thinking-8192", """{"thinkingLevel":"MEDIUM"}""")]
    [InlineData("gemini-3.8-flash-thinking", null)]
    [InlineData("gemini-3.5-flash-lite-thinking", """{"thinkingLevel":"MEDIUM"}""")]
    [InlineData("gemini-2.0-flash-thinking-1", null)]
    public void Thinking_OfName_IsInTheWordsOfTheGeneration(string name, string? expected)
    {
        var config = Translate(name, Plain)["generationConfig"]?["thinkingConfig"];

        Equal(expected ?? "null", config);
    }

    [Fact]
    public void Thinking_NameWinsOverTheRequest_WhichWinsOverTheSetting()
    {
        const string Asking = """{"model":"m","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"high"}""";

        Assert.Equal(7, (int)Translate("gemini-2.5-flash-thinking-7", Asking, 99)["generationConfig"]!["thinkingConfig"]!["thinkingBudget"]!);
        Assert.Equal(24_576, (int)Translate("gemini-2.5-flash", Asking, 99)["generationConfig"]!["thinkingConfig"]!["thinkingBudget"]!);
        Assert.Equal(99, (int)Translate("gemini-2.5-flash", Plain, 99)["generationConfig"]!["thinkingConfig"]!["thinkingBudget"]!);
    }

    [Fact]
    public void Search_OfName_IsATool_UnlessFunctionsExcludeIt()
    {
        Equal("""[{"googleSearch":{}}]""", Translate("gemini-2.5-flash-search", Plain)["tools"]);
        Equal("""[{"functionDeclarations":[{"name":"f"}]}]""", Translate("gemini-2.5-flash-search", WithFunction)["tools"]);
        Equal("""[{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}]""", Translate("gemini-3-flash-search", WithFunction)["tools"]);
    }

    [Fact]
    public void Image_OfName_AsksForTextAndPictures_WithoutASystemInstructionThatOldModelsRefuse()
    {
        const string System = """{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}""";

        var old = Translate("gemini-2.0-flash-exp-image", System);
        Equal("""["TEXT","IMAGE"]""", old["generationConfig"]!["responseModalities"]);
        Assert.Null(old["systemInstruction"]);
        Assert.Contains("\"s\"", old["contents"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(Translate("gemini-2.5-flash-image-preview-image", System)["systemInstruction"]);
    }

    [Fact]
    public void OfferedTools_GoToRequestsThatCanTakeThem() =>
        Equal("""[{"codeExecution":{}},{"urlContext":{}}]""", Offered("gemini-2.5-flash", Plain)["tools"]);

    [Theory]
    [InlineData("gemini-2.5-flash", WithFunction, """[{"functionDeclarations":[{"name":"f"}]}]""")]
    [InlineData("gemini-3-flash", WithFunction, """[{"functionDeclarations":[{"name":"f"}]}]""")]
    [InlineData("gemini-2.5-flash-image", Plain, "null")]
    [InlineData("gemini-2.0-flash-exp-image", Plain, "null")]
    [InlineData("gemini-2.5-flash-preview-tts", Plain, "null")]
    [InlineData("gemma-3-27b-it", Plain, "null")]
    [InlineData("gemini-2.5-flash", """{"model":"m","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_object"}}""", "null")]
    [InlineData("gemini-2.5-flash-search", Plain, """[{"googleSearch":{}},{"urlContext":{}}]""")]
    [InlineData(
        "gemini-2.5-flash",
        """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""",
        """[{"urlContext":{}}]""")]
    [InlineData(
        "gemini-2.5-flash",
        """{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"x"}]}""",
        "null")]
    public void OfferedTools_StayAwayWhereTheyCouldFailACall(string model, string request, string expected) => Equal(expected, Offered(model, request)["tools"]);

    private static System.Text.Json.Nodes.JsonObject Offered(string name, string request) => Translate(name, request, null, offers: true);

    private static System.Text.Json.Nodes.JsonObject Translate(string name, string request, int? budget = null, bool offers = false)
    {
        var rules = new ModelRules
        {
            SearchModels = new HashSet<string> { "gemini-2.5-flash", "gemini-3-flash" },
            ImageModels = new HashSet<string> { "gemini-2.0-flash-exp", "gemini-2.5-flash-image-preview" },
        };
        var model = ModelRequestParser.Parse(name, rules, new HashSet<string>());
        return Body(request, model.Model, options => options with { Features = model.Features, ThinkingBudget = budget, OffersCodeExecution = offers, OffersUrlContext = offers });
    }
}
