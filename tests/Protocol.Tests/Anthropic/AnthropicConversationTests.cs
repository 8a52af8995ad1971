using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Responses;
using static GeminiBalance.Protocol.Tests.Anthropic.Claude;

namespace GeminiBalance.Protocol.Tests.Anthropic;

/// <summary>Blocks of messages: media, tools and signatures.</summary>
public sealed class AnthropicConversationTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string User = """{"role":"user","content":"go"}""";

    [Fact]
    public void Translate_UserBlocks_AreParts() =>
        Equal(
            $$$$"""
            [{"text":"Look"},{"inlineData":{"mimeType":"image/png","data":"{{{{Png}}}}"}},{"text":"Document: Notes\nOf May\n"},{"text":"Plain."},
            {"inlineData":{"mimeType":"application/pdf","data":"JVBERi0x"}},{"text":"Search result: T (https://e.com)\nFound."}]
            """,
            Contents($$$$"""
                {"role":"user","content":[{"type":"text","text":"Look","cache_control":{"type":"ephemeral","ttl":"1h"}},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{{Png}}}}"}},
                {"type":"document","title":"Notes","context":"Of May","source":{"type":"text","media_type":"text/plain","data":"Plain."},"citations":{"enabled":true}},
                {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"}},
                {"type":"search_result","source":"https://e.com","title":"T","content":[{"type":"text","text":"Found."}]}]}
                """)[0]!["parts"]);

    [Fact]
    public void Translate_ToolAddedLate_IsNoMessage() =>
        Equal(
            """[{"role":"user","parts":[{"text":"go"}]}]""",
            Contents($$$$"""
                {{{{User}}}},{"role":"system","content":[{"type":"tool_addition","tool":{"type":"tool_reference","name":"lookup"}}]}
                """));

    [Fact]
    public void Translate_FileAndContentSources_AreParts() =>
        Equal(
            """[{"fileData":{"fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}},{"text":"a"},{"text":"b"}]""",
            Contents("""
                {"role":"user","content":[{"source":{"type":"file","file_id":"files/abc"},"type":"image"},
                {"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}
                """)[0]!["parts"]);

    [Fact]
    public void Translate_UseAndResult_CarryIdAndName() =>
        Equal(
            """
            [{"role":"user","parts":[{"text":"go"}]},
            {"role":"model","parts":[{"text":"I read."},{"functionCall":{"id":"toolu_1","name":"Read","args":{"p":"a"}},"thoughtSignature":"skip_thought_signature_validator"},
            {"functionCall":{"id":"toolu_2","name":"Go","args":{}}}]},
            {"role":"user","parts":[{"functionResponse":{"id":"toolu_1","name":"Read","response":{"result":"one\ntwo"}}},
            {"functionResponse":{"id":"toolu_2","name":"Go","response":{"error":"{\"code\":1}"}}}]}]
            """,
            Contents($$$$"""
                {{{{User}}}},{"role":"assistant","content":[{"type":"text","text":"I read."},{"type":"tool_use","id":"toolu_1","name":"Read","input":{"p":"a"}},
                {"type":"tool_use","id":"toolu_2","name":"Go","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2","is_error":true,"content":"{\"code\":1}"},
                {"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]}
                """));

    [Fact]
    public void Translate_TextAfterAUse_StaysBehindIt() =>
        Assert.Equal(
            ["functionCall", "text"],
            Contents($$$$"""
                {{{{User}}}},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}},{"type":"text","text":"after"}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}
                """)[1]!["parts"]!.AsArray().Select(part => part!.AsObject().First().Key));

    [Fact]
    public void Translate_PictureInAResult_IsInTheResponse()
    {
        var response = Contents($$$$"""
            {{{{User}}}},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"shot","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"Taken."},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{{Png}}}}"}}]},{"type":"text","text":"<system-reminder>x</system-reminder>"}]}
            """);

        Equal("""{"result":"Taken."}""", response[2]!["parts"]![0]!["functionResponse"]!["response"]);
        Assert.Equal("image/png", (string?)response[2]!["parts"]![0]!["functionResponse"]!["parts"]![0]!["inlineData"]!["mimeType"]);
        Equal("""[{"text":"<system-reminder>x</system-reminder>"}]""", response[3]!["parts"]);
    }

    [Fact]
    public void Translate_SignaturesOfOurs_GoBackToTheirParts()
    {
        var parts = Contents($$$$"""
            {{{{User}}}},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"gemini:c2lnMQ=="},{"type":"text","text":"So."},
            {"type":"thinking","thinking":"","signature":"gemini:c2lnMg=="},{"type":"tool_use","id":"a","name":"f","input":{}},{"type":"tool_use","id":"b","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"},{"type":"tool_result","tool_use_id":"b","content":"2"}]}
            """)[1]!["parts"]!.AsArray();

        Assert.Equal(["c2lnMQ==", "c2lnMg==", null], parts.Select(part => (string?)part!["thoughtSignature"]));
    }

    [Theory]
    [InlineData("{\"type\":\"thinking\",\"thinking\":\"I am Claude\",\"signature\":\"EqkECkYIBxgCKkA8AZ4noDfV\"}")]
    [InlineData("{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"gemini:\"}")]
    [InlineData("{\"type\":\"redacted_thinking\",\"data\":\"EqkECkYIBxgCKkA8AZ4noDfV\"}")]
    [InlineData("{\"type\":\"thinking\",\"thinking\":\"hm\"}")]
    public void Translate_OtherSignatures_AreLeftOut(string thinking) =>
        Assert.Equal(
            "skip_thought_signature_validator",
            (string?)Contents($$$$"""
                {{{{User}}}},{"role":"assistant","content":[{{{{thinking}}}},{"type":"tool_use","id":"a","name":"f","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"}]}
                """)[1]!["parts"]![0]!["thoughtSignature"]);

    [Fact]
    public void Translate_RememberedSignature_ServesClientsThatDropThinking()
    {
        var memory = new RecordedSignatures();
        memory.Keep("toolu_9", new CallFingerprint(""), "c2ln");

        var body = Body(
            Messages($$$$"""
                {{{{User}}}},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_9","name":"f","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_9","content":"1"}]}
                """),
            signatures: memory);

        Assert.Equal("c2ln", (string?)body["contents"]![1]!["parts"]![0]!["thoughtSignature"]);
    }

    [Fact]
    public void Translate_BlocksOfServerTools_AreNotReplayed() =>
        Equal(
            """[{"text":"It rains."}]""",
            Contents($$$$"""
                {{{{User}}}},{"role":"assistant","content":[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},
                {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"u","title":"t","encrypted_content":""}]},
                {"type":"web_search_tool_result","tool_use_id":"srvtoolu_2","content":{"type":"web_search_tool_result_error","error_code":"unavailable"}},
                {"type":"text","text":"It rains.","citations":[]}]},{"role":"user","content":"And?"}
                """)[1]!["parts"]);

    [Fact]
    public void Translate_AnswerThenHistory_RoundTripsSignatures()
    {
        var (events, _) = Stream(
            Context(),
            Answers.Event("""{"text":"hm","thought":true}"""),
            Answers.Event("""{"functionCall":{"name":"f","args":{"x":1}},"thoughtSignature":"c2lnMQ=="},{"functionCall":{"name":"g","args":{}}}""", "STOP"));
        var content = Accumulate(events)["content"]!.AsArray();
        var results = new JsonArray([.. content.Where(block => (string?)block!["type"] == "tool_use").Select(use => new JsonObject
        {
            ["type"] = "tool_result", ["tool_use_id"] = (string?)use!["id"], ["content"] = "ok",
        })]);

        var parts = Contents($$$$"""{{{{User}}}},{"role":"assistant","content":{{{{content.ToJsonString()}}}}},{"role":"user","content":{{{{results.ToJsonString()}}}}}""")[1]!["parts"]!.AsArray();

        Assert.Equal(["c2lnMQ==", null], parts.Select(part => (string?)part!["thoughtSignature"]));
        Equal("""{"x":1}""", parts[0]!["functionCall"]!["args"]);
    }

    [Fact]
    public void Named_FaultOfATranslatedMessage_NamesTheClientsOwn()
    {
        var request = Read($$$$"""
            {"model":"m","system":"S","messages":[{{{{User}}}},{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"tool_use","id":"t","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlh"}}]}]}]}
            """);
        var fault = Assert.Throws<TranslationException>(() => ChatRequestTranslator.Translate(request.Chat, new ChatTranslationOptions { Model = "gemini-2.5-flash" }));

        var named = request.Named(fault);

        Assert.Equal("messages[2].content", named.Param);
        Assert.StartsWith("messages[2].content is of type 'image/gif'", named.Message, StringComparison.Ordinal);
        Assert.Equal("tools", request.Named(new TranslationException("x", "tools")).Param);
        Assert.Equal("system", request.Named(new TranslationException("x", "messages[0].content")).Param);
    }
}
