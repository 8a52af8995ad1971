using System.Buffers;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.ResponsesApi;
using static GeminiBalance.Protocol.Tests.Responses.Answers;
using static GeminiBalance.Protocol.Tests.ResponsesApi.ResponsesBench;

namespace GeminiBalance.Protocol.Tests.ResponsesApi;

public sealed class StreamOrderTests
{
    [Fact]
    public void Text_InTwoEvents_HasTheWholeSequence()
    {
        var events = ResponsesBench.Stream(Event("""{"text":"Hel"}"""), Event("""{"text":"lo 世界"}""", "STOP"));

        Assert.Equal(
            [
                "created", "in_progress", "output_item.added", "content_part.added", "output_text.delta", "output_text.delta", "output_text.done",
                "content_part.done", "output_item.done", "completed",
            ],
            events.Types());
        Assert.Equal("in_progress", (string?)events[0]["response"]!["status"]);
        Assert.Empty(events[2]["item"]!["content"]!.AsArray());
        Assert.Equal("Hello 世界", events.Joined("response.output_text.delta"));
        Assert.Equal("Hello 世界", (string?)events[6]["text"]);
        Assert.Equal("Hello 世界", (string?)events[8]["item"]!["content"]![0]!["text"]);
        Assert.Equal("completed", (string?)events[8]["item"]!["status"]);
        Assert.True(JsonNode.DeepEquals(events[8]["item"], events[9]["response"]!["output"]![0]));
        Assert.All(events[4..8], item => Assert.Equal($"msg_{AnswerId}_0", (string?)item["item_id"]));
    }

    [Fact]
    public void Thoughts_ComeAsASummaryBeforeTheText()
    {
        var events = ResponsesBench.Stream(
            Event("""{"text":"**Plan**","thought":true}"""), Event("""{"text":" it.","thought":true}"""), Event("""{"text":"Done"}""", "STOP"));

        Assert.Equal(
            [
                "created", "in_progress", "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta", "reasoning_summary_text.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
                "output_item.added", "content_part.added", "output_text.delta", "output_text.done", "content_part.done", "output_item.done", "completed",
            ],
            events.Types());
        Assert.Empty(events[2]["item"]!["summary"]!.AsArray());
        Assert.Equal("**Plan** it.", (string?)events[8]["item"]!["summary"]![0]!["text"]);
        Assert.Equal(1, (int)events[9]["output_index"]!);
    }

    [Fact]
    public void Calls_OfFunctions_ComeOneBehindTheOther()
    {
        var signatures = new Responses.RecordedSignatures();
        var context = About("""{"model":"m","input":"x","include":["reasoning.encrypted_content"]}""", signatures);
        var events = ResponsesBench.Stream(
            context,
            Event("""{"functionCall":{"name":"f","args":{"a": 1}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"g"}}"""),
            Event("", "STOP"));

        Assert.Equal(
            [
                "created", "in_progress", "output_item.added", "output_item.done",
                "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done",
                "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done", "completed",
            ],
            events.Types());
        Assert.Equal("reasoning", (string?)events[3]["item"]!["type"]);
        Assert.Equal("gemini.c2ln", (string?)events[3]["item"]!["encrypted_content"]);
        Assert.Equal("", (string?)events[4]["item"]!["arguments"]);
        Assert.Equal("""{"a":1}""", (string?)events[6]["arguments"]);
        Assert.Equal("""{"a":1}""", (string?)events[7]["item"]!["arguments"]);
        Assert.Equal($"call_{AnswerId}_0", (string?)events[7]["item"]!["call_id"]);
        Assert.Equal("{}", (string?)events[11]["item"]!["arguments"]);
        Assert.Equal("c2ln", signatures.Find($"call_{AnswerId}_0"));
    }

    [Fact]
    public void Call_OfACustomTool_GivesItsInput()
    {
        var events = ResponsesBench.Stream(About(Hello, null, "sql"), Event("""{"functionCall":{"name":"sql","args":{"input":"SELECT 1"}}}""", "STOP"));

        Assert.Equal(["output_item.added", "custom_tool_call_input.delta", "custom_tool_call_input.done", "output_item.done"], events.Types()[2..6]);
        Assert.Equal("SELECT 1", (string?)events[4]["input"]);
        Assert.Equal("custom_tool_call", (string?)events[5]["item"]!["type"]);
    }

    [Fact]
    public void Search_IsToldAfterTheTextThatItGrounds()
    {
        const string Grounding =
            ""","groundingMetadata":{"webSearchQueries":["q"],"groundingChunks":[{"web":{"uri":"https://a","title":"A"}}],"groundingSupports":[{"segment":{"startIndex":4,"endIndex":7,"text":"two"},"groundingChunkIndices":[0]}]}""";
        var context = About("""{"model":"m","input":"x","include":["web_search_call.action.sources"]}""");
        var events = ResponsesBench.Stream(context, Event("""{"text":"öne"}"""), Event("""{"text":"two"}""", "STOP", 0, Grounding));

        Assert.Equal(
            [
                "output_text.annotation.added", "output_text.done", "content_part.done", "output_item.done",
                "output_item.added", "web_search_call.in_progress", "web_search_call.searching", "web_search_call.completed", "output_item.done", "completed",
            ],
            events.Types()[6..]);
        var annotation = events[6]["annotation"]!;
        Assert.Equal(("url_citation", "https://a", 3, 6), ((string?)annotation["type"], (string?)annotation["url"], (int)annotation["start_index"]!, (int)annotation["end_index"]!));
        Assert.Equal("""{"type":"search","query":"q","queries":["q"],"sources":[{"type":"url","url":"https://a"}]}""", events[14]["item"]!["action"]!.ToJsonString());
    }

    [Fact]
    public void Code_RunsBetweenTexts_WithAnnotationsOfTheirOwn()
    {
        var context = About("""{"model":"m","input":"x","include":["code_interpreter_call.outputs"]}""");
        var events = ResponsesBench.Stream(
            context,
            Event("""{"text":"See: "},{"executableCode":{"language":"PYTHON","code":"print(1)"}}"""),
            Event("""{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}},{"text":"It is 1"}""", "STOP"));

        Assert.Equal(
            [
                "output_item.done", "output_item.added", "code_interpreter_call.in_progress", "code_interpreter_call_code.delta", "code_interpreter_call_code.done",
                "code_interpreter_call.interpreting", "code_interpreter_call.completed", "output_item.done", "output_item.added",
            ],
            events.Types()[7..16]);
        Assert.Equal("print(1)", (string?)events[14]["item"]!["code"]);
        Assert.Equal("""[{"type":"logs","logs":"1\n"}]""", events[14]["item"]!["outputs"]!.ToJsonString());
        Assert.Equal(3, events[^1]["response"]!["output"]!.AsArray().Count);
    }

    [Fact]
    public void Picture_IsAnImageGenerationCall()
    {
        var events = ResponsesBench.Stream(Event("""{"inlineData":{"mimeType":"image/png","data":"aGk="}}""", "STOP"));

        Assert.Equal(
            ["output_item.added", "image_generation_call.in_progress", "image_generation_call.generating", "image_generation_call.completed", "output_item.done", "completed"],
            events.Types()[2..]);
        Assert.Null(events[2]["item"]!["result"]);
        Assert.Equal("aGk=", (string?)events[6]["item"]!["result"]);
    }

    [Fact]
    public void Filter_WithoutText_IsARefusalAndIncomplete()
    {
        var events = ResponsesBench.Stream("""{"promptFeedback":{"blockReason":"SAFETY"}}""");

        Assert.Equal(
            ["created", "in_progress", "output_item.added", "content_part.added", "refusal.delta", "refusal.done", "content_part.done", "output_item.done", "incomplete"],
            events.Types());
        Assert.Equal("content_filter", (string?)events[^1]["response"]!["incomplete_details"]!["reason"]);
        Assert.Contains("SAFETY", (string?)events[5]["refusal"], StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_LeavesTheItemAndTheResponseIncomplete()
    {
        var events = ResponsesBench.Stream(Event("""{"text":"Hel"}""", "MAX_TOKENS"));

        Assert.Equal("incomplete", events.Types()[^1]);
        Assert.Equal("max_output_tokens", (string?)events[^1]["response"]!["incomplete_details"]!["reason"]);
        Assert.Equal("incomplete", (string?)events[^2]["item"]!["status"]);
    }

    [Fact]
    public void Cut_HasNoEnd_AndFailsWithWhatCame()
    {
        var translator = new ResponsesStreamTranslator(About());
        var output = new ArrayBufferWriter<byte>();
        translator.Translate(Read(Event("""{"text":"Hel"}""")), output);
        var before = output.WrittenCount;

        Assert.False(translator.Complete(output));
        Assert.Equal(before, output.WrittenCount);
        translator.WriteFailure(new OpenAIError(502, "Gone.", "server_error"), output);

        var events = Parse(output.WrittenSpan);
        Assert.Equal(["output_text.delta", "error", "failed"], events.Types()[^3..]);
        Assert.Equal("Gone.", (string?)events[^2]["message"]);
        Assert.Equal(("failed", "server_error", "Gone."), Failure(events[^1]["response"]!));
        Assert.Equal("Hel", (string?)events[^1]["response"]!["output"]![0]!["content"]![0]!["text"]);
    }

    private static (string?, string?, string?) Failure(JsonNode response) =>
        ((string?)response["status"], (string?)response["error"]!["code"], (string?)response["error"]!["message"]);
}
