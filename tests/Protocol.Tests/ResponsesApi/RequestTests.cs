using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.ResponsesApi.ResponsesBench;

namespace GeminiBalance.Protocol.Tests.ResponsesApi;

public sealed class RequestTests
{
    [Fact]
    public void Input_OfEveryKind_BecomesTheConversation()
    {
        var sent = Sent(
            """
            {"model":"gemini-3-pro","instructions":"Be kind","reasoning":{"effort":"low","summary":"auto"},"input":[
              {"role":"developer","content":"Also brief"},
              {"role":"user","content":[{"type":"input_text","text":"See"},{"type":"input_image","image_url":"data:image/png;base64,aGk=","detail":"low"},
                {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,aGk="},{"type":"input_audio","input_audio":{"data":"aGk=","format":"wav"}}]},
              {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gemini.c2ln"},
              {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":1}"},
              {"type":"function_call_output","call_id":"call_1","output":"{\"ok\":true}"},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Done","annotations":[]}]},
              {"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}},
              {"role":"user","content":"Thanks"}]}
            """,
            "gemini-3-pro");

        Assert.Equal("""[{"text":"Be kind"},{"text":"Also brief"}]""", sent["systemInstruction"]!["parts"]!.ToJsonString());
        var contents = sent["contents"]!.AsArray();
        Assert.Equal(["user", "model", "user", "model", "user"], contents.Select(content => (string)content!["role"]!));
        Assert.Equal(["image/png", "application/pdf", "audio/wav"], contents[0]!["parts"]!.AsArray().Skip(1).Select(part => (string)part!["inlineData"]!["mimeType"]!));
        Assert.Equal("c2ln", (string?)contents[1]!["parts"]![0]!["thoughtSignature"]);
        Assert.Equal("""{"ok":true}""", contents[2]!["parts"]![0]!["functionResponse"]!["response"]!.ToJsonString());
        Assert.Equal("Done", (string?)contents[3]!["parts"]![0]!["text"]);
        Assert.Equal("LOW", (string?)sent["generationConfig"]!["thinkingConfig"]!["thinkingLevel"]);
        Assert.True((bool)sent["generationConfig"]!["thinkingConfig"]!["includeThoughts"]!);
    }

    [Fact]
    public void Reasoning_OfAnotherService_IsNotTakenForASignature()
    {
        var chat = Chat("""{"model":"m","input":[{"role":"user","content":"a"},{"type":"reasoning","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"gAAAAB"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"1"}]}""");

        Assert.Null(chat.Messages[1].ToolCalls[0].ThoughtSignature);
    }

    [Fact]
    public void Thoughts_AreAskedForWithASummaryOnly()
    {
        Assert.Null(Sent(Hello)["generationConfig"]);
        Assert.True((bool)Sent("""{"model":"m","input":"x","reasoning":{"summary":"detailed"}}""")["generationConfig"]!["thinkingConfig"]!["includeThoughts"]!);
    }

    [Fact]
    public void Options_AreThoseOfChat()
    {
        var chat = Chat(
            """
            {"model":"m","input":"x","max_output_tokens":7,"temperature":1,"top_p":0.5,"top_logprobs":3,"parallel_tool_calls":false,
             "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true},"verbosity":"low"},
             "tools":[{"type":"function","name":"f","parameters":{}},{"type":"web_search"},{"type":"custom","name":"c"},{"type":"code_interpreter","container":{"type":"auto"}}],
             "tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"}]}}
            """);

        Assert.Equal((7, 1d, 0.5, true, 3, false), (chat.MaxCompletionTokens, chat.Temperature, chat.TopP, chat.Logprobs, chat.TopLogprobs, chat.ParallelToolCalls));
        Assert.NotNull(chat.ResponseFormat!.Schema);
        Assert.Equal([ChatToolKind.Function, ChatToolKind.BuiltIn, ChatToolKind.Custom, ChatToolKind.BuiltIn], chat.Tools.Select(tool => tool.Kind));
        Assert.Equal(ToolChoiceMode.Required, chat.ToolChoice!.Mode);
        Assert.Equal(["f"], chat.ToolChoice.Names!);
    }

    [Fact]
    public void BuiltInTools_AreGoogles()
    {
        var tools = Sent("""{"model":"m","input":"x","tools":[{"type":"web_search_preview"},{"type":"code_interpreter","container":{"type":"auto"}}]}""")["tools"]!;

        Assert.Equal("""[{"googleSearch":{}},{"codeExecution":{}}]""", tools.ToJsonString());
    }

    [Fact]
    public void ImageModels_NeedNoToolToDraw()
    {
        Assert.Empty(Chat("""{"model":"gemini-2.5-flash-image","input":"x","tools":[{"type":"image_generation"}]}""").Tools);
    }

    [Theory]
    [InlineData("""{"input":"x"}""", "model")]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":[{"content":"x"}]}""", "input[0].role")]
    [InlineData("""{"model":"m","input":[{"type":"function_call","name":"f"}]}""", "input[0].call_id")]
    [InlineData("""{"model":"m","input":[{"type":"function_call_output","output":"x"}]}""", "input[0].call_id")]
    [InlineData("""{"model":"m","input":[{"type":"computer_call","id":"x"}]}""", "input[0].type")]
    [InlineData("""{"model":"m","input":"x","background":"yes"}""", "background")]
    [InlineData("""{"model":"m","input":"x","conversation":"conv_1"}""", "conversation")]
    [InlineData("""{"model":"m","input":"x","prompt":{"id":"p"}}""", "prompt")]
    [InlineData("""{"model":"m","input":"x","text":{"format":{"type":"json_schema"}}}""", "text.format.schema")]
    [InlineData("""{"model":"m","input":"x","reasoning":{"effort":"much"}}""", "reasoning.effort")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"code_interpreter","container":"cntr_1"}]}""", "tools[0].container")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["f"]}}]}""", "tools[0].container.file_ids")]
    public void Read_WhatCannotBe_NamesTheField(string json, string param)
    {
        Assert.Equal(param, Assert.Throws<TranslationException>(() => Chat(json)).Param);
    }

    [Theory]
    [InlineData("""{"model":"m","input":"x","background":false,"conversation":null,"prompt":null,"max_tool_calls":3,"prompt_cache_key":"k","safety_identifier":"s"}""")]
    [InlineData("""{"model":"m","input":"x","tools":null,"tool_choice":null,"text":null,"reasoning":null,"include":null,"metadata":null,"instructions":null}""")]
    public void Read_WhatChangesNothing_IsPassedOver(string json)
    {
        Assert.Single(Chat(json).Messages);
    }

    [Fact]
    public void Translate_Faults_AreNamedAsTheClientKnowsThem()
    {
        var request = Request("""{"model":"m","instructions":"i","input":[{"role":"user","content":"a"},{"role":"user","content":[{"type":"input_image","image_url":"ftp://x"}]}],"tools":[{"type":"file_search"}]}""");
        var chat = request.ToChat(request.Input, request.Model);
        var media = chat.Rename(new TranslationException("messages[2].content[0].url must be x", "messages[2].content[0].url"));
        var tool = chat.Rename(Assert.Throws<TranslationException>(() => ChatRequestTranslator.Translate(chat.Request, new ChatTranslationOptions { Model = "m" })));

        Assert.Equal(("input[1].content[0].url", "input[1].content[0].url must be x"), (media.Param, media.Message));
        Assert.Equal("tools[0].type", tool.Param);
    }

    [Fact]
    public void Items_AreListedWithTypeAndId()
    {
        var request = Request("""{"model":"m","input":[{"role":"user","content":"Hi"},{"role":"user","content":[{"type":"input_text","text":"x"}]},{"type":"function_call_output","call_id":"c","output":"1"},{"type":"message","id":"msg_1","role":"user","content":[]}]}""");
        var written = request.Input.Select((item, i) =>
        {
            using var stream = new MemoryStream();
            using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            {
                item.WriteTo(writer, $"new_{i}");
            }

            return JsonNode.Parse(stream.ToArray())!;
        }).ToList();

        Assert.Equal(["new_0", "new_1", "new_2", "msg_1"], written.Select(item => (string)item["id"]!));
        Assert.Equal(["message", "message", "function_call_output", "message"], written.Select(item => (string)item["type"]!));
        Assert.Equal("""[{"type":"input_text","text":"Hi"}]""", written[0]["content"]!.ToJsonString());
    }
}
