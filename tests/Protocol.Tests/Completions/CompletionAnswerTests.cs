using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Completions;

public sealed class CompletionAnswerTests
{
    private const string Usage = ",\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2,\"totalTokenCount\":5}}";
    private const string Thought = "{\"text\":\"Hm.\",\"thought\":true}";
    private static readonly CompletionAnswerContext Context = new() { AnswerId = "0a", Created = 1_790_000_000, RequestedModel = "gemini-x" };

    [Fact]
    public void Write_TwoPrompts_AreChoicesInOrderWithTheirEcho()
    {
        var answer = Write(("One ", Event("{\"text\":\"a\"},{\"text\":\"b\"}", "STOP")), ("Two ", Event(Thought + ",{\"text\":\"c\"}", "MAX_TOKENS")));

        Assert.Equal(
            """[{"text":"One ab","index":0,"logprobs":null,"finish_reason":"stop"},{"text":"Two c","index":1,"logprobs":null,"finish_reason":"length"}]""",
            answer["choices"]!.ToJsonString());
        Assert.Equal(("cmpl-0a", "text_completion", 10), ((string?)answer["id"], (string?)answer["object"], (int)answer["usage"]!["total_tokens"]!));
    }

    [Fact]
    public void Write_BlockedPrompt_IsAnEmptyChoice() => Assert.Equal(
        """[{"text":"","index":0,"logprobs":null,"finish_reason":"content_filter"}]""",
        Write(("", """{"promptFeedback":{"blockReason":"SAFETY"}}"""))["choices"]!.ToJsonString());

    [Fact]
    public void Write_Logprobs_AreListsWithPlacesInCharacters()
    {
        const string Logprobs =
            """{"logprobsResult":{"chosenCandidates":[{"token":"é","logProbability":-0.5},{"token":"🙂"},{"token":"x","logProbability":-1}],"topCandidates":[{"candidates":[{"token":"é","logProbability":-0.5},{"token":"e","logProbability":-2}]}]}}""";
        var answer = Answers.Event("{\"text\":\"é🙂x\"}", "STOP", more: "," + Logprobs[1..^1]);

        Assert.Equal(
            """{"tokens":["é","🙂","x"],"token_logprobs":[-0.5,0,-1],"top_logprobs":[{"é":-0.5,"e":-2},{},{}],"text_offset":[0,1,2]}""",
            Write(("", answer))["choices"]![0]!["logprobs"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
                .Replace("\\uD83D\\uDE42", "🙂", StringComparison.Ordinal));
    }

    [Fact]
    public void Stream_Text_IsChunksOfTheSameShape()
    {
        var (events, completed) = Stream(Context with { IncludeUsage = true }, "Say ", Event("{\"text\":\"a\"}"), Event("{\"text\":\"b\"}", "STOP"));

        Assert.True(completed);
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(data => JsonNode.Parse(data)!).ToList();
        Assert.All(chunks, chunk => Assert.Equal(("cmpl-0a", "text_completion"), ((string?)chunk["id"], (string?)chunk["object"])));
        Assert.Equal(["Say ", "a", "b", ""], chunks[..^1].Select(chunk => (string?)chunk["choices"]![0]!["text"]));
        Assert.Equal([null, null, null, "stop"], chunks[..^1].Select(chunk => (string?)chunk["choices"]![0]!["finish_reason"]));
        Assert.All(chunks[..^1], chunk => Assert.Equal(3, (int)chunk["choices"]![0]!["index"]!));
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(5, (int)chunks[^1]["usage"]!["total_tokens"]!);
    }

    [Fact]
    public void Stream_Blocked_EndsWithTheFilter()
    {
        var (events, completed) = Stream(Context, "", """{"promptFeedback":{"blockReason":"SAFETY"}}""");

        Assert.True(completed);
        Assert.Contains("\"finish_reason\":\"content_filter\"", events[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"text\":\"a\"}", null)]
    [InlineData("", "OTHER")]
    public void Stream_CutOrFailed_IsNotCompleted(string parts, string? finish) => Assert.False(Stream(Context, "Say ", Event(parts, finish)).Completed);

    private static string Event(string parts, string? finish = null) => Answers.Event(parts, finish)[..^1] + Usage;

    private static JsonNode Write(params (string Echo, string Answer)[] answers)
    {
        var output = new ArrayBufferWriter<byte>();
        CompletionResponseTranslator.Write([.. answers.Select(pair => (pair.Echo, Answers.Read(pair.Answer)))], Context, output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }

    private static (List<string> Events, bool Completed) Stream(CompletionAnswerContext context, string echo, params string[] events)
    {
        var translator = new CompletionStreamTranslator(context, 3, echo);
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Answers.Read(item), output);
        }

        var completed = translator.Complete(output);
        return ([.. Encoding.UTF8.GetString(output.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..])], completed);
    }
}
