using GeminiBalance.Protocol.Gemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Options in Gemini's own terms, merged over what was translated.</summary>
public sealed class GoogleOptionsTests
{
    [Theory]
    [InlineData("\"extra_body\":{\"google\":{\"thinking_config\":{\"include_thoughts\":true,\"thinking_level\":\"low\"}}}")]
    [InlineData("\"google\":{\"thinking_config\":{\"include_thoughts\":true,\"thinking_level\":\"low\"}}")]
    [InlineData("\"google\":{\"thinkingConfig\":{\"include_thoughts\":true,\"thinking_level\":\"low\"}}")]
    public void Translate_ThinkingConfig_ReplacesEffort(string members) =>
        Equal(
            """{"maxOutputTokens":9,"thinkingConfig":{"include_thoughts":true,"thinking_level":"low"}}""",
            Body(Hi($"{members},\"reasoning_effort\":\"high\",\"max_tokens\":9"), "gemini-3.5-flash")["generationConfig"]);

    [Fact]
    public void Translate_GenerationConfig_IsMergedMemberByMember() =>
        Equal(
            """{"temperature":0.1,"maxOutputTokens":5,"responseModalities":["IMAGE"],"mediaResolution":"MEDIA_RESOLUTION_LOW"}""",
            Body(Hi("""
                "temperature":1,"max_tokens":100,"google":{"generation_config":{"temperature":0.1,"max_output_tokens":5,"response_modalities":["IMAGE"],"mediaResolution":"MEDIA_RESOLUTION_LOW"}}
                """))["generationConfig"]);

    [Fact]
    public void Translate_SafetySettings_ReplaceTheDefaults() =>
        Equal(
            """[{"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_NONE"}]""",
            Body(
                Hi("""
                    "extra_body":{"google":{"safety_settings":[{"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_NONE"}]}}
                    """),
                options: options => options with { SafetySettings = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "OFF")] })["safetySettings"]);

    [Fact]
    public void Translate_Tools_AreAdded() =>
        Equal(
            """[{"functionDeclarations":[{"name":"f"}]},{"google_maps":{}}]""",
            Body(Hi("""
                "tools":[{"type":"function","function":{"name":"f"}}],"google":{"tools":[{"google_maps":{}}]}
                """), "gemini-3.5-flash")["tools"]);

    [Fact]
    public void Translate_CachedContent_TakesSystemAndToolsOutOfTheRequest() =>
        Equal(
            """{"cachedContent":"cachedContents/x","contents":[{"role":"user","parts":[{"text":"rules"},{"text":"hi"}]}]}""",
            Body("""
                {"model":"m","messages":[{"role":"system","content":"rules"},{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f"}}],
                "tool_choice":"auto","google":{"cached_content":"cachedContents/x"}}
                """));

    [Fact]
    public void Translate_OptionsThatAreNone_AreLeftOut() =>
        Equal("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", Body(Hi("\"google\":{\"thought_tag_marker\":\"x\",\"contents\":[],\"safety_settings\":null}")));

    [Theory]
    [InlineData("\"google\":{\"thinking_config\":7}", "google.thinkingConfig")]
    [InlineData("\"google\":{\"safety_settings\":{}}", "google.safetySettings")]
    [InlineData("\"google\":{\"cached_content\":[]}", "google.cachedContent")]
    public void Translate_OptionOfWrongType_IsNamed(string members, string param) => Assert.Equal(param, Fails(Hi(members)).Param);

    [Fact]
    public void Translate_DeepResultsBesideOptions_StillMerge()
    {
        var deep = string.Concat(Enumerable.Repeat("{\\\"a\\\":", 60)) + "1" + new string('}', 60);
        var body = Body($$$"""
            {"model":"m","google":{"cached_content":"c"},"messages":[{"role":"user","content":"go"},
            {"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"{{{deep}}}"}]}
            """);

        Assert.NotNull(body["contents"]![2]!["parts"]![0]!["functionResponse"]!["response"]!["a"]);
    }
}
