using System.Text.Json.Nodes;
using GeminiBalance.Protocol.GeminiToAnthropic;
using GeminiBalance.Protocol.Tests.Responses;
using static GeminiBalance.Protocol.Tests.Anthropic.Claude;

namespace GeminiBalance.Protocol.Tests.Anthropic;

/// <summary>Answers as Anthropic's clients see them: every case whole and as a stream.</summary>
public sealed class MessageAnswerTests
{
    private const string Thought = """{"text":"hm","thought":true}""";
    private const string Call = """{"functionCall":{"name":"f","args":{"x": 1}},"thoughtSignature":"c2ln"}""";

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "text", """{"text":"Hel"},{"text":"lo"}""", "STOP", """[{"type":"text","text":"Hello"}]""" },
        { "thinking without a signature", Thought + """,{"text":"Hi"}""", "STOP", """[{"type":"thinking","thinking":"hm","signature":"gemini:"},{"type":"text","text":"Hi"}]""" },
        {
            "signature of a text", Thought + """,{"text":"Hi","thoughtSignature":"c2ln"}""", "STOP",
            """[{"type":"thinking","thinking":"hm","signature":"gemini:c2ln"},{"type":"text","text":"Hi"}]"""
        },
        {
            "signature behind the text", Thought + """,{"text":"Hi"},{"text":"","thoughtSignature":"c2ln"}""", "STOP",
            """[{"type":"thinking","thinking":"hm","signature":"gemini:"},{"type":"text","text":"Hi"}]"""
        },
        {
            "signed call after a thought", Thought + "," + Call, "STOP",
            """[{"type":"thinking","thinking":"hm","signature":"gemini:c2ln"},{"type":"tool_use","id":"toolu_0a1b2c_0","name":"f","input":{"x":1}}]"""
        },
        {
            "signed call after a text", """{"text":"So:"},""" + Call + "," + """{"functionCall":{"name":"g"}}""", "STOP",
            """
            [{"type":"text","text":"So:"},{"type":"thinking","thinking":"","signature":"gemini:c2ln"},
            {"type":"tool_use","id":"toolu_0a1b2c_0","name":"f","input":{"x":1}},{"type":"tool_use","id":"toolu_0a1b2c_1","name":"g","input":{}}]
            """
        },
        {
            "code", """{"executableCode":{"language":"PYTHON","code":"1+1"}},{"codeExecutionResult":{"output":"2"}},{"text":"Two."}""", "STOP",
            """[{"type":"text","text":"```python\n1+1\n```\n```output\n2\n```\nTwo."}]"""
        },
        { "only thoughts", Thought, "MAX_TOKENS", """[{"type":"thinking","thinking":"hm","signature":"gemini:"}]""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Write_Parts_AreBlocks(string name, string parts, string finish, string content)
    {
        var whole = Whole(Answers.Event(parts, finish))["content"];
        var (events, completed) = Stream(Context(), Answers.Event(parts), Answers.Event("", finish));

        Assert.True(completed, name);
        Equal(content, Accumulate(events)["content"]);
        Equal(content, whole);
    }

    [Fact]
    public void Stream_OneEventPerPart_JoinsBlocks()
    {
        var (events, _) = Stream(Context(), Answers.Event(Thought), Answers.Event(Thought), Answers.Event("""{"text":"a"}"""), Answers.Event("""{"text":"b"}""", "STOP"));

        Assert.Equal(
            [
                "message_start", "content_block_start", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop",
            ],
            events.Select(item => item.Name));
        Equal("""[{"type":"thinking","thinking":"hmhm","signature":"gemini:"},{"type":"text","text":"ab"}]""", Accumulate(events)["content"]);
    }

    [Fact]
    public void Write_WithoutThinkingAsked_HasNoThinkingButRemembersSignatures()
    {
        var signatures = new RecordedSignatures();

        var content = Whole(Answers.Event(Thought + "," + Call, "STOP"), Context(withThinking: false, signatures))["content"]!;

        Assert.Equal("tool_use", (string?)Assert.Single(content.AsArray())!["type"]);
        Assert.Equal("c2ln", signatures.Find("toolu_0a1b2c_0"));
    }

    [Fact]
    public void Write_ParallelUseDisabled_PassesTheFirstCallOn()
    {
        var context = Context() with { AllowsParallelToolCalls = false };
        var answer = Answers.Event("""{"functionCall":{"name":"f"}},{"functionCall":{"name":"g"}}""", "STOP");

        Assert.Equal("f", (string?)Assert.Single(Whole(answer, context)["content"]!.AsArray())!["name"]);
        Assert.Equal("f", (string?)Assert.Single(Accumulate(Stream(context, answer).Events)["content"]!.AsArray())!["name"]);
    }

    [Fact]
    public void Write_ToolNames_AreTheClients() =>
        Assert.Equal(
            "mcp/übung",
            (string?)Whole(Answers.Event(Call, "STOP"), Context(withThinking: false) with { ToolNames = new Dictionary<string, string> { ["f"] = "mcp/übung" } })["content"]![0]!["name"]);

    [Theory]
    [InlineData("STOP", "{\"text\":\"a\"}", "end_turn")]
    [InlineData("STOP", Call, "tool_use")]
    [InlineData("MAX_TOKENS", "{\"text\":\"a\"}", "max_tokens")]
    [InlineData("MAX_TOKENS", Call, "max_tokens")]
    [InlineData("SAFETY", "{\"text\":\"a\"}", "refusal")]
    [InlineData("MALFORMED_FUNCTION_CALL", "{\"text\":\"a\"}", "end_turn")]
    public void Write_Finish_IsTheStopReason(string finish, string parts, string reason)
    {
        Assert.Equal(reason, (string?)Whole(Answers.Event(parts, finish))["stop_reason"]);
        Assert.Equal(reason, (string?)Accumulate(Stream(Context(), Answers.Event(parts, finish)).Events)["stop_reason"]);
    }

    [Fact]
    public void Write_BlockedPrompt_IsARefusalWithItsReason()
    {
        const string Blocked = """{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}""";
        var streamed = Accumulate(Stream(Context(), Blocked).Events);

        foreach (var message in (JsonNode[])[Whole(Blocked), streamed])
        {
            Assert.Empty(message["content"]!.AsArray());
            Assert.Equal("refusal", (string?)message["stop_reason"]);
            Assert.Equal("The prompt was blocked (SAFETY).", (string?)message["stop_details"]!["explanation"]);
        }
    }

    [Theory]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}")]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\",\"thought\":true}]},\"finishReason\":\"OTHER\"}]}")]
    [InlineData("{}")]
    public void Stream_Cut_IsNotCompleted(string item) => Assert.False(Stream(Context(), item).Completed);

    [Fact]
    public void Write_Usage_KeepsCachedInputApart()
    {
        const string Usage = ",\"x\":0}],\"usageMetadata\":{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"toolUsePromptTokenCount\":5,\"candidatesTokenCount\":7,\"thoughtsTokenCount\":3,\"totalTokenCount\":115}}";
        var answer = Answers.Event("""{"text":"a"}""", "STOP")[..^3] + Usage;

        Equal(
            """{"input_tokens":45,"cache_creation_input_tokens":0,"cache_read_input_tokens":60,"output_tokens":10,"output_tokens_details":{"thinking_tokens":3}}""",
            Whole(answer)["usage"]);
        Equal(Whole(answer)["usage"]!.ToJsonString(), Accumulate(Stream(Context(), answer).Events)["usage"]);
    }

    [Fact]
    public void Write_Search_IsToldAsAServerTool()
    {
        const string Grounding = """
            ,"groundingMetadata":{"webSearchQueries":["rain"],"groundingChunks":[{"web":{"uri":"https://a.example","title":"a"}}],
            "groundingSupports":[{"segment":{"endIndex":2,"text":"Hi"},"groundingChunkIndices":[0]}]}
            """;
        var answer = Answers.Event("""{"text":"Hi"}""", "STOP", more: Grounding);
        var whole = Whole(answer);
        var streamed = Accumulate(Stream(Context(), answer, answer).Events);

        Assert.Equal(["server_tool_use", "web_search_tool_result", "text"], whole["content"]!.AsArray().Select(block => (string?)block!["type"]));
        Assert.Equal(["text", "server_tool_use", "web_search_tool_result"], streamed["content"]!.AsArray().Select(block => (string?)block!["type"]));
        Equal("""{"query":"rain"}""", streamed["content"]![1]!["input"]);
        Equal("""[{"type":"web_search_result","url":"https://a.example","title":"a","encrypted_content":"","page_age":null}]""", whole["content"]![1]!["content"]);
        Equal(
            """[{"type":"web_search_result_location","cited_text":"","url":"https://a.example","title":"a","encrypted_index":""}]""",
            whole["content"]![2]!["citations"]);
        Assert.Equal(1, (int)streamed["usage"]!["server_tool_use"]!["web_search_requests"]!);
    }

    [Fact]
    public void Stream_ArgumentsInPieces_AreOneUse()
    {
        var (events, _) = Stream(
            Context(),
            Answers.Event("""{"functionCall":{"name":"f","willContinue":true}}"""),
            Answers.Event("""{"functionCall":{"partialArgs":[{"jsonPath":"$.p","stringValue":"a"}],"willContinue":true}}"""),
            Answers.Event("""{"functionCall":{"partialArgs":[{"jsonPath":"$.p","stringValue":"b"}]}}""", "STOP"));

        Equal("""{"p":"ab"}""", Assert.Single(Accumulate(events)["content"]!.AsArray())!["input"]);
    }

    [Fact]
    public void Stream_Error_IsAnEventOfItsName()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        MessageStreamTranslator.WriteError(new AnthropicError(529, "overloaded_error", "Busy"), output);

        Assert.Equal(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"},\"request_id\":null}\n\n",
            System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
