using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.GeminiToOpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class EndOfStreamTests
{
    [Fact]
    public void Complete_CutAfterText_WritesNothing()
    {
        var stream = Stream(Event("""{"text":"half"}"""));

        Assert.False(stream.Completed);
        Assert.False(stream.Done);
        Assert.Empty(stream.Finishes());
    }

    [Fact]
    public void Complete_NothingAtAll_WritesNothing()
    {
        Assert.False(Stream().Completed);
        Assert.False(Stream("""{"usageMetadata":{"promptTokenCount":1}}""").Completed);
    }

    [Fact]
    public void Complete_OneOfTwoChoicesCut_WritesNothing() =>
        Assert.False(Stream(Event("""{"text":"a"}""", "STOP"), Event("""{"text":"b"}""", index: 1)).Completed);

    [Fact]
    public void Complete_FailureAfterThoughtsOnly_IsNoAnswer()
    {
        Assert.False(Stream(Event("""{"text":"hm","thought":true}"""), Event("", "MALFORMED_FUNCTION_CALL")).Completed);
        Assert.True(Stream(Event("""{"text":"hm","thought":true}"""), Event("", "STOP")).Completed);
        Assert.True(Stream(Event("""{"text":"x"}"""), Event("", "MALFORMED_FUNCTION_CALL")).Completed);
    }

    [Fact]
    public void FailureWithoutOutput_OfAWholeAnswer_ShowsTheFinishMessage() =>
        Assert.Equal("Malformed call: f(", (string?)Choice(
            """{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"Malformed call: f("}]}""")["message"]!["content"]);

    [Theory]
    [InlineData("""{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}""", "The prompt was blocked (PROHIBITED_CONTENT).")]
    [InlineData("""{"candidates":[],"promptFeedback":{"blockReason":"NEW","blockReasonMessage":"why"}}""", "The prompt was blocked (NEW): why")]
    [InlineData("""{"candidates":[{"finishReason":"RECITATION","index":0}]}""", "The answer was withheld (RECITATION).")]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY","finishMessage":"bad"}]}""", "The answer was withheld (SAFETY): bad")]
    public void Blocked_WithoutOutput_IsARefusal(string answer, string refusal)
    {
        var choice = Choice(answer);
        Assert.Null(choice["message"]!["content"]);
        Assert.Equal(refusal, (string?)choice["message"]!["refusal"]);
        Assert.Equal("content_filter", (string?)choice["finish_reason"]);

        var stream = Stream(answer);
        Assert.True(stream.Completed);
        Assert.True(stream.Done);
        Assert.Equal(refusal, stream.Text("refusal"));
        Assert.Equal("content_filter", stream.Finish());
        Assert.Equal(AnswerContentKind.Blocked, AnswerContent.Classify(Read(answer)));
    }

    [Fact]
    public void Blocked_InTheMiddle_KeepsTheText()
    {
        var stream = Stream(Event("""{"text":"half"}"""), """{"promptFeedback":{"blockReason":"SAFETY"}}""");

        Assert.True(stream.Completed);
        Assert.Equal("half", stream.Text());
        Assert.Equal("", stream.Text("refusal"));
        Assert.Equal("content_filter", stream.Finish());
    }

    [Fact]
    public void Choices_Interleaved_HaveOneRoleAndOneFinishEach()
    {
        var stream = Stream(
            Context() with { FirstChoice = 2 },
            Event("""{"text":"a"}""", index: null),
            Event("""{"text":"x"}""", index: 1),
            Event("""{"text":"b"}""", "STOP"),
            Event("""{"text":"y"}""", "MAX_TOKENS", index: 1));

        Assert.Equal("ab", stream.Text(choice: 2));
        Assert.Equal("xy", stream.Text(choice: 3));
        Assert.Equal("stop", stream.Finish(2));
        Assert.Equal("length", stream.Finish(3));
        Assert.All([2, 3], index => Assert.Single(stream.Deltas(index), delta => delta["role"] is not null));
    }

    [Fact]
    public void Candidates_WithoutIndexes_AreCounted()
    {
        const string Two = """{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"},{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}""";

        Assert.Equal([0, 1], Unary(Two)["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        Assert.Equal("b", Stream(Two).Text(choice: 1));
    }

    [Fact]
    public void WriteError_IsAnEventWithoutDone()
    {
        var output = new ArrayBufferWriter<byte>();

        ChatStreamTranslator.WriteError(new OpenAIError(502, "The upstream \"broke\" off.", "server_error", null, "upstream_interrupted"), output);

        Assert.Equal(
            """data: {"error":{"message":"The upstream \"broke\" off.","type":"server_error","param":null,"code":"upstream_interrupted"}}""" + "\n\n",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Logprobs_GoWithTheTextOfTheirEvent()
    {
        const string Logprobs = """
            ,"logprobsResult":{"chosenCandidates":[{"token":"é","tokenId":5,"logProbability":-0.25},{"token":"!"}],
             "topCandidates":[{"candidates":[{"token":"é","logProbability":-0.25},{"token":"e","logProbability":-2}]}],"logProbabilitySum":-0.25}
            """;
        const string Expected = """
            {"content":[{"token":"é","logprob":-0.25,"bytes":[195,169],"top_logprobs":[{"token":"é","logprob":-0.25,"bytes":[195,169]},{"token":"e","logprob":-2,"bytes":[101]}]},{"token":"!","logprob":0,"bytes":[33],"top_logprobs":[]}],"refusal":null}
            """;
        var expected = System.Text.Json.Nodes.JsonNode.Parse(Expected)!;

        var stream = Stream(Event("""{"text":"é!"}""", more: Logprobs), Event("", "STOP"));

        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(expected, Choice(Event("""{"text":"é!"}""", "STOP", more: Logprobs))["logprobs"]));
        var withLogprobs = Assert.Single(stream.Choices, choice => choice["logprobs"] is not null);
        Assert.Equal("é!", (string?)withLogprobs["delta"]!["content"]);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(expected, withLogprobs["logprobs"]));
        Assert.Null(Choice(Event("""{"text":"a"}""", "STOP"))["logprobs"]);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"chosenCandidates":[],"topCandidates":[]}""")]
    public void Logprobs_OfNoToken_AreNull(string none)
    {
        var last = Event("""{"text":"","thought":true}""", "MAX_TOKENS", more: $""","logprobsResult":{none}""");

        Assert.Null(Choice(last)["logprobs"]);
        Assert.All(Stream(last).Choices, choice => Assert.Null(choice["logprobs"]));
    }
}
