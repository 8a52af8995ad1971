using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Responses.Answers;
using static GeminiBalance.Protocol.Tests.ResponsesApi.ResponsesBench;

namespace GeminiBalance.Protocol.Tests.ResponsesApi;

public sealed class WholeResponseTests
{
    [Fact]
    public void Response_RepeatsWhatWasAskedFor()
    {
        var context = About(
            """
            {"model":"gemini-2.5-flash","input":"Hi","instructions":"Be kind","max_output_tokens":9,"temperature":0.5,"top_p":0.9,"metadata":{"a":"b"},"user":"u",
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true}],"tool_choice":{"type":"function","name":"f"},
             "text":{"format":{"type":"json_object"}},"reasoning":{"effort":"low","summary":"auto"},"parallel_tool_calls":false,"truncation":"auto"}
            """);
        var response = Whole(Event("""{"text":"{}"}""", "STOP"), context);

        Assert.Equal($"resp_{AnswerId}", (string?)response["id"]);
        Assert.Equal(("response", "completed", 1_790_000_009L), ((string?)response["object"], (string?)response["status"], (long)response["completed_at"]!));
        Assert.Equal(("Be kind", 9, 0.5, 0.9, "u"), ((string?)response["instructions"], (int)response["max_output_tokens"]!, (double)response["temperature"]!, (double)response["top_p"]!, (string?)response["user"]));
        Assert.Equal("""{"a":"b"}""", response["metadata"]!.ToJsonString());
        Assert.True((bool)response["tools"]![0]!["strict"]!);
        Assert.Equal("""{"type":"function","name":"f"}""", response["tool_choice"]!.ToJsonString());
        Assert.Equal("json_object", (string?)response["text"]!["format"]!["type"]);
        Assert.Equal("""{"effort":"low","summary":"auto"}""", response["reasoning"]!.ToJsonString());
        Assert.Equal((false, true, "disabled"), ((bool)response["parallel_tool_calls"]!, (bool)response["store"]!, (string?)response["truncation"]));
    }

    [Fact]
    public void Response_OfABareRequest_HasEveryMember()
    {
        var response = Whole(Event("""{"text":"a"}""", "STOP"));

        Assert.Equal("""{"format":{"type":"text"}}""", response["text"]!.ToJsonString());
        Assert.Equal(("auto", "[]", "{}"), ((string?)response["tool_choice"], response["tools"]!.ToJsonString(), response["metadata"]!.ToJsonString()));
        Assert.All(
            ["error", "incomplete_details", "instructions", "max_output_tokens", "previous_response_id", "temperature", "top_p", "usage"],
            name => Assert.True(response.AsObject().ContainsKey(name) && response[name] is null, name));
        Assert.True((bool)response["parallel_tool_calls"]!);
    }

    [Fact]
    public void Usage_CountsThoughtsAsOutput()
    {
        var answer = JsonNode.Parse(Event("""{"text":"a"}""", "STOP"))!;
        answer["usageMetadata"] = JsonNode.Parse("""{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":2,"thoughtsTokenCount":5,"toolUsePromptTokenCount":1}""");
        var usage = Whole(answer.ToJsonString())["usage"]!;

        Assert.Equal(
            """{"input_tokens":11,"input_tokens_details":{"cached_tokens":4},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":18}""",
            usage.ToJsonString());
    }

    [Fact]
    public void Output_IsTheSameAsThatOfAStream()
    {
        const string Parts = """{"text":"why","thought":true},{"text":"a 😀 b"},{"executableCode":{"code":"x"}},{"codeExecutionResult":{"outcome":"OUTCOME_FAILED","output":"no"}},{"functionCall":{"name":"f","args":{"q":"\"é"}}}""";
        var context = About("""{"model":"m","input":"x","include":["code_interpreter_call.outputs","reasoning.encrypted_content"]}""");
        var whole = Whole(Event(Parts, "STOP"), context);
        var streamed = ResponsesBench.Stream(context, Event(Parts, "STOP"))[^1]["response"]!;

        Assert.True(JsonNode.DeepEquals(whole, streamed));
        Assert.Equal(["reasoning", "message", "code_interpreter_call", "function_call"], whole["output"]!.AsArray().Select(item => (string)item!["type"]!));
        Assert.Equal("failed", (string?)whole["output"]![2]!["status"]);
        Assert.Equal("{\"q\":\"\\\"é\"}", (string?)whole["output"]![3]!["arguments"]);
    }

    [Fact]
    public void Annotations_OfTwoTexts_CountFromTheirOwnBeginning()
    {
        const string Grounding =
            ""","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a"}}],"groundingSupports":[{"segment":{"startIndex":0,"endIndex":3,"text":"one"},"groundingChunkIndices":[0]},{"segment":{"startIndex":3,"endIndex":6,"text":"two"},"groundingChunkIndices":[0]}]}""";
        var output = Whole(Event("""{"text":"one"},{"executableCode":{"code":"x"}},{"text":"two"}""", "STOP", 0, Grounding))["output"]!;

        Assert.Equal((0, 3), Range(output[0]!));
        Assert.Equal((0, 3), Range(output[2]!));
    }

    [Fact]
    public void ParallelCalls_WhenNotAllowed_OnlyTheFirstPasses()
    {
        var context = About("""{"model":"m","input":"x","parallel_tool_calls":false}""");
        var output = Whole(Event("""{"functionCall":{"name":"f"}},{"functionCall":{"name":"g"}}""", "STOP"), context)["output"]!.AsArray();

        Assert.Equal("f", (string?)Assert.Single(output)!["name"]);
    }

    private static (int, int) Range(JsonNode message)
    {
        var annotation = Assert.Single(message["content"]![0]!["annotations"]!.AsArray())!;
        return ((int)annotation["start_index"]!, (int)annotation["end_index"]!);
    }
}
