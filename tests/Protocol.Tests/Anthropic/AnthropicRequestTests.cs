using GeminiBalance.Protocol.OpenAI;
using static GeminiBalance.Protocol.Tests.Anthropic.Claude;

namespace GeminiBalance.Protocol.Tests.Anthropic;

/// <summary>What is around the messages.</summary>
public sealed class AnthropicRequestTests
{
    [Fact]
    public void Translate_Sampling_IsTakenOver() =>
        Equal(
            """{"temperature":0.5,"topP":0.9,"topK":40,"maxOutputTokens":4096,"stopSequences":["END"]}""",
            Body(Hi("\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"stop_sequences\":[\"END\"]"), "gemini-2.0-flash")["generationConfig"]);

    [Fact]
    public void Translate_MaxTokensOfLargerModels_IsWhatGeminiTakes() =>
        Assert.Equal(65_536, Read("""{"model":"m","max_tokens":128000,"messages":[{"role":"user","content":"hi"}]}""").Chat.MaxTokens);

    [Fact]
    public void Translate_SystemBlocks_AreTheInstructionWithoutClaudeCodesAttribution() =>
        Equal(
            """{"parts":[{"text":"You are Claude Code."},{"text":"Rules."}]}""",
            Body(Hi("""
                "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1.330.abc; cch=00000;"},
                {"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Rules."}]
                """))["systemInstruction"]);

    [Fact]
    public void Translate_SystemText_IsTheInstruction() =>
        Equal("""{"parts":[{"text":"Be brief."}]}""", Body(Hi("\"system\":\"Be brief.\""))["systemInstruction"]);

    [Theory]
    [InlineData("{\"type\":\"enabled\",\"budget_tokens\":1024}", "{\"includeThoughts\":true,\"thinkingBudget\":1024}", "{\"includeThoughts\":true,\"thinkingLevel\":\"LOW\"}")]
    [InlineData("{\"type\":\"enabled\",\"budget_tokens\":31999}", "{\"includeThoughts\":true,\"thinkingBudget\":24576}", "{\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"}")]
    [InlineData("{\"type\":\"adaptive\"}", "{\"includeThoughts\":true}", "{\"includeThoughts\":true}")]
    [InlineData("{\"type\":\"adaptive\",\"display\":\"omitted\"}", "null", "null")]
    [InlineData("{\"type\":\"disabled\"}", "{\"thinkingBudget\":0}", "{\"thinkingLevel\":\"MINIMAL\"}")]
    [InlineData("null", "null", "null")]
    public void Translate_Thinking_IsInTheModelsDialect(string thinking, string budget, string level)
    {
        Equal(budget, Body(Hi($"\"thinking\":{thinking}"), "gemini-2.5-flash")["generationConfig"]!["thinkingConfig"]);
        Equal(level, Body(Hi($"\"thinking\":{thinking}"))["generationConfig"]!["thinkingConfig"]);
    }

    [Fact]
    public void Translate_Effort_IsTheLevelOfAdaptiveThinking() =>
        Equal(
            """{"includeThoughts":true,"thinkingLevel":"HIGH"}""",
            Body(Hi("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"xhigh\"}"))["generationConfig"]!["thinkingConfig"]);

    [Fact]
    public void Translate_FewTokensWithoutThinking_AreNotSpentOnThoughts() =>
        Equal(
            """{"thinkingBudget":0}""",
            Body("""{"model":"m","max_tokens":512,"messages":[{"role":"user","content":"hi"}]}""", "gemini-2.5-flash")["generationConfig"]!["thinkingConfig"]);

    [Fact]
    public void Translate_OutputFormat_IsTheSchema() =>
        Equal(
            """{"type":"object","properties":{"a":{"type":"string"}}}""",
            Body(Hi("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}"))
                ["generationConfig"]!["responseJsonSchema"]);

    [Fact]
    public void Translate_Tools_AreFunctions() =>
        Equal(
            """[{"functionDeclarations":[{"name":"Read","description":"Reads","parametersJsonSchema":{"type":"object","properties":{"p":{"type":"string"}}}},{"name":"Go"}]}]""",
            Body(Hi("""
                "tools":[{"name":"Read","description":"Reads","input_schema":{"type":"object","properties":{"p":{"type":"string"}}},"cache_control":{"type":"ephemeral"},
                "eager_input_streaming":true},{"type":"custom","name":"Go","input_schema":{"type":"object","properties":{}},"strict":true,"defer_loading":true},
                {"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"}]
                """))["tools"]);

    [Fact]
    public void Translate_WebSearch_IsGooglesEvenWhenForced()
    {
        var body = Body(Hi("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":8}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}"));

        Equal("""[{"googleSearch":{}}]""", body["tools"]);
        Assert.Null(body["toolConfig"]);
    }

    [Theory]
    [InlineData("{\"type\":\"auto\"}", "{\"mode\":\"AUTO\"}")]
    [InlineData("{\"type\":\"any\",\"disable_parallel_tool_use\":true}", "{\"mode\":\"ANY\"}")]
    [InlineData("{\"type\":\"tool\",\"name\":\"f\"}", "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}")]
    [InlineData("{\"type\":\"none\"}", "{\"mode\":\"NONE\"}")]
    public void Translate_ToolChoice_IsAMode(string choice, string mode) =>
        Equal(mode, Body(Hi($"\"tools\":[{{\"name\":\"f\",\"input_schema\":{{}}}}],\"tool_choice\":{choice}"))["toolConfig"]!["functionCallingConfig"]);

    [Fact]
    public void Read_DisabledParallelUse_IsKnownToTheAnswer() =>
        Assert.False(Read(Hi("\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}")).Chat.ParallelToolCalls);

    [Fact]
    public void Read_MembersOfAnthropicsOwnService_ArePassedOver() =>
        Assert.Equal("claude-sonnet-5", Read(Hi("""
            "metadata":{"user_id":"user_0a_account__session_1"},"service_tier":"auto","container":null,"context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]},
            "mcp_servers":[],"betas":["x"],"speed":"fast","cache_control":{"type":"ephemeral"},"diagnostics":{}
            """)).Chat.Model);

    [Theory]
    [InlineData("\"tools\":[{\"name\":\"f\",\"input_schema\":3}]", "tools[0].input_schema")]
    [InlineData("\"tools\":[{\"name\":\"\"}]", "tools[0].name")]
    [InlineData("\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}]", "tools[0].type")]
    [InlineData("\"tool_choice\":{\"type\":\"tool\"}", "tool_choice.name")]
    [InlineData("\"tool_choice\":{\"type\":\"some\"}", "tool_choice.type")]
    [InlineData("\"thinking\":{\"type\":\"sometimes\"}", "thinking.type")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"mcp_servers\":[{\"url\":\"https://example.com\"}]", "mcp_servers")]
    [InlineData("\"system\":[{\"type\":\"image\"}]", "system[0]")]
    [InlineData("\"output_config\":{\"effort\":\"some\"}", "output_config.effort")]
    [InlineData("\"messages\":[]", "messages")]
    [InlineData("\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("\"messages\":[{\"role\":\"user\"}]", "messages[0].content")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]", "messages[0].content[0].source")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\"}}]}]", "messages[0].content[0].source.data")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":\"x\"}]}]", "messages[0].content[0].tool_use_id")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]}]", "messages[0].content[0].type")]
    [InlineData("\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\"}]}]", "messages[0].content[0].name")]
    public void Read_WhatCannotBe_NamesTheField(string members, string param) => Assert.Equal(param, Assert.Throws<TranslationException>(() => Read(Hi(members))).Param);

    [Fact]
    public void Read_RoleOfSystemLate_StaysWhereItStands() =>
        Equal(
            """[{"text":"hi"},{"text":"<system-reminder>\nMind the gap.\n</system-reminder>"}]""",
            Contents("""{"role":"user","content":"hi"},{"role":"system","content":[{"type":"text","text":"Mind the gap."}]}""")[0]!["parts"]);

    [Fact]
    public void Read_ReasoningOfARequestWithout_HidesThoughts() =>
        Assert.Equal(new ReasoningOptions(null, null, HideThoughts: true), Read(Hi("\"stream\":true")).Chat.Reasoning);
}
