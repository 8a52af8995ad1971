using System.Buffers;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.GeminiToOpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class UsageTests
{
    [Theory]
    [InlineData("""{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}""", 10, 5, 0, 0)]
    [InlineData("""{"promptTokenCount":10,"toolUsePromptTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":7,"totalTokenCount":26}""", 14, 12, 0, 7)]
    [InlineData("""{"promptTokenCount":10,"cachedContentTokenCount":8,"candidatesTokenCount":5}""", 10, 5, 8, 0)]
    [InlineData("""{"promptTokenCount":10,"thoughtsTokenCount":478,"totalTokenCount":506}""", 10, 496, 0, 478)]
    [InlineData("""{"promptTokenCount":"10","totalTokenCount":"10"}""", 10, 0, 0, 0)]
    [InlineData("{}", 0, 0, 0, 0)]
    public void Usage_CountsThoughtsAsOutputAndToolResultsAsInput(string usage, int prompt, int completion, int cached, int reasoning)
    {
        var written = Unary("{\"candidates\":[],\"usageMetadata\":" + usage + "}")["usage"]!;

        Assert.Equal(prompt, (int)written["prompt_tokens"]!);
        Assert.Equal(completion, (int)written["completion_tokens"]!);
        Assert.Equal(prompt + completion, (int)written["total_tokens"]!);
        Assert.Equal(cached, (int)written["prompt_tokens_details"]!["cached_tokens"]!);
        Assert.Equal(0, (int)written["prompt_tokens_details"]!["audio_tokens"]!);
        Assert.Equal(reasoning, (int)written["completion_tokens_details"]!["reasoning_tokens"]!);
        Assert.Equal(0, (int)written["completion_tokens_details"]!["audio_tokens"]!);
    }

    [Fact]
    public void Usage_OfModalities_IsInTheDetails()
    {
        var written = Unary("""
            {"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":1290,
             "promptTokensDetails":[{"modality":"TEXT","tokenCount":5},{"modality":"AUDIO","tokenCount":25},null],
             "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1290}]}}
            """)["usage"]!;

        Assert.Equal("""{"cached_tokens":0,"audio_tokens":25}""", written["prompt_tokens_details"]!.ToJsonString());
        Assert.Equal(1290, (int)written["completion_tokens_details"]!["image_tokens"]!);
    }

    [Fact]
    public void Stream_UsageAsked_IsNullInEveryChunkButTheLast()
    {
        var stream = Stream(Context() with { IncludeUsage = true }, Event("""{"text":"a"}"""),
            """{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3}}""");

        Assert.All(stream.Chunks.SkipLast(1), chunk =>
        {
            Assert.True(chunk.AsObject().ContainsKey("usage"));
            Assert.Null(chunk["usage"]);
        });
        Assert.Equal(3, (int)stream.Chunks[^1]["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public void Stream_UsageNotAsked_IsNowhere() =>
        Assert.All(
            Stream(Event("""{"text":"a"}"""), """{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3}}""").Chunks,
            chunk => Assert.False(chunk.AsObject().ContainsKey("usage")));

    [Fact]
    public void Translator_Usage_IsTheLastSeen()
    {
        var translator = new ChatStreamTranslator(Context());
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(translator.Usage);

        translator.Translate(Read("""{"usageMetadata":{"promptTokenCount":89}}"""), output);
        translator.Translate(Read("""{"usageMetadata":{"promptTokenCount":121,"candidatesTokenCount":4}}"""), output);
        translator.Translate(Read("""{"candidates":[]}"""), output);

        Assert.Equal(121, translator.Usage!.PromptTokenCount);
        Assert.Equal(4, translator.Usage.CandidatesTokenCount);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void SeveralAnswersOfOneRequest_AreRenumberedAndAddedUp()
    {
        const string Answer = """{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}""";
        var output = new ArrayBufferWriter<byte>();

        ChatResponseTranslator.Write([Read(Answer), Read(Answer), Read("{}")], Context(), output);

        var answer = JsonNode.Parse(output.WrittenSpan)!;
        Assert.Equal([0, 1, 2], answer["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        Assert.Equal(6, (int)answer["usage"]!["prompt_tokens"]!);
        Assert.Equal(4, (int)answer["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public void SeveralStreamsOfOneRequest_EndOnce()
    {
        var context = Context() with { IncludeUsage = true };
        var output = new ArrayBufferWriter<byte>();
        var translators = Enumerable.Range(0, 2).Select(index => new ChatStreamTranslator(context with { FirstChoice = index })).ToList();
        foreach (var translator in translators)
        {
            translator.Translate(
                Read("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3}}"""), output);
        }

        Assert.All(translators, translator => Assert.True(translator.Complete(output, writeDone: false)));
        ChatStreamTranslator.WriteEnd(context, translators.Select(translator => translator.Usage!), output);

        var stream = ChatStream.Parse(output.WrittenSpan, completed: true);
        Assert.True(stream.Done);
        Assert.Equal("tool_calls", stream.Finish(0));
        Assert.Equal("tool_calls", stream.Finish(1));
        Assert.Equal(6, (int)Assert.Single(stream.Chunks, chunk => chunk["usage"] is not null)["usage"]!["prompt_tokens"]!);
        Assert.Equal(2, stream.Calls(0).Concat(stream.Calls(1)).Select(call => (string?)call["id"]).Distinct().Count());
    }
}
