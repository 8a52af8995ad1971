using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Streaming;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Bugs of other translators that broke real clients; the numbers are those of our list of them.</summary>
public sealed class BugTests
{
    private const string Call = """{"functionCall":{"name":"f","args":{"x":1}}}""";

    [Fact]
    public void Bug01_StopInEveryEvent_FinishesOnceAtTheEnd()
    {
        var stream = Stream(Event("""{"text":"a"}""", "STOP"), Event("""{"text":"b"}""", "STOP"), Event("""{"text":"c"}""", "STOP"));

        Assert.Equal("abc", stream.Text());
        Assert.Equal("stop", stream.Finish());
        Assert.Equal("stop", (string?)stream.Choices.Last()["finish_reason"]);
    }

    [Fact]
    public void Bug02_FinishWithoutContentAfterCall_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), """{"candidates":[{"finishReason":"STOP"}]}""").Finish());

    [Fact]
    public void Bug03_StopWithCallBeforeMoreCalls_IsNotFinishedEarly()
    {
        var stream = Stream(Event(Call, "STOP"), Event(Call), Event("""{"text":"after"}""", "STOP"));

        Assert.Equal(2, stream.Calls().Count);
        Assert.Equal("after", stream.Text());
        Assert.Equal("tool_calls", stream.Finish());
    }

    [Fact]
    public void Bug04_CallAndStopInTwoEvents_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":""}""", "STOP")).Finish());

    [Fact]
    public void Bug05_StreamAndAnswer_FinishAlike()
    {
        Assert.Equal("tool_calls", Stream(Event(Call, "STOP")).Finish());
        Assert.Equal("tool_calls", (string?)Choice(Event(Call, "STOP"))["finish_reason"]);
    }

    [Fact]
    public void Bug06_TextAfterCall_DoesNotForgetTheCall() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":"x"}"""), Event("""{"text":"y"}""", "STOP")).Finish());

    [Fact]
    public void Bug07_ParallelCalls_HaveTheirOwnIndexes() =>
        Assert.Equal([0, 1, 2], Stream(Event($"{Call},{Call}"), Event(Call, "STOP")).Calls().Select(call => (int)call["index"]!));

    [Fact]
    public void Bug08_SignatureOnlyEventAfterCall_IsToolCalls() =>
        Assert.Equal("tool_calls", Stream(Event(Call), Event("""{"text":"","thoughtSignature":"s"}"""), Event("", "STOP")).Finish());

    [Theory]
    [InlineData("""{"name":"f"}""")]
    [InlineData("""{"id":"","name":"f"}""")]
    [InlineData("""{"id":null,"name":"f"}""")]
    public void Bug09_MissingOrEmptyCallId_BecomesAnId(string call)
    {
        var part = "{\"functionCall\":" + call + "}";

        Assert.Equal("call_0a1b2c_0", (string?)Assert.Single(Stream(Event(part, "STOP")).Calls())["id"]);
        Assert.Equal("call_0a1b2c_0", (string?)Choice(Event(part, "STOP"))["message"]!["tool_calls"]![0]!["id"]);
    }

    [Theory]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("MAX_TOKENS", "length")]
    public void Bug10_CallBeforeSafetyOrMaxTokens_DoesNotHideIt(string reason, string expected)
    {
        Assert.Equal(expected, Stream(Event(Call), Event("", reason)).Finish());
        Assert.Equal(expected, (string?)Choice(Event(Call, reason))["finish_reason"]);
    }

    [Fact]
    public void Bug11_NamelessCall_MakesNoTool()
    {
        const string Nameless = """{"functionCall":{"args":{"x":1}}},{"functionCall":{"name":"","args":{}}}""";

        Assert.Equal("f", (string?)Assert.Single(Stream(Event($"{Call},{Nameless}", "STOP")).Calls())["function"]!["name"]);
        Assert.Null(Choice(Event(Nameless, "STOP"))["message"]!["tool_calls"]);
    }

    [Fact]
    public void Bug12_CandidateWithoutContentAtMaxTokens_IsAChoice()
    {
        const string Answer = """{"candidates":[{"finishReason":"MAX_TOKENS","index":0}],"usageMetadata":{"promptTokenCount":9,"thoughtsTokenCount":99}}""";

        Assert.Equal("length", (string?)Choice(Answer)["finish_reason"]);
        Assert.Equal("", (string?)Choice(Answer)["message"]!["content"]);
        Assert.Equal("length", Stream(Answer).Finish());
        Assert.Equal(AnswerContentKind.Finished, AnswerContent.Classify(Read(Answer)));
    }

    [Theory]
    [InlineData("SAFETY")]
    [InlineData("OTHER")]
    [InlineData("RECITATION")]
    public void Bug13_ContentWithoutParts_IsNoCrash(string reason)
    {
        foreach (var content in new[] { """{"role":"model"}""", "{}", "null", """{"parts":null}""", """{"parts":[null]}""" })
        {
            var answer = "{\"candidates\":[{\"content\":" + content + ",\"finishReason\":\"" + reason + "\"}]}";
            Assert.Equal(reason, (string?)Choice(answer)["native_finish_reason"]);
            Assert.Equal(reason != "OTHER", Stream(answer).Completed);
        }
    }

    [Fact]
    public void Bug14_BlockedReplyWithoutCandidates_IsARefusal()
    {
        var choice = Choice("""{"promptFeedback":{"blockReason":"SAFETY"}}""");

        Assert.Equal("content_filter", (string?)choice["finish_reason"]);
        Assert.Equal("The prompt was blocked (SAFETY).", (string?)choice["message"]!["refusal"]);
    }

    [Fact]
    public void Bug15_MaxTokensWhileThinking_IsLengthAndNoFilter()
    {
        const string Answer = """{"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS"}]}""";

        Assert.Equal("length", (string?)Choice(Answer)["finish_reason"]);
        Assert.Null(Choice(Answer)["message"]!["refusal"]);
    }

    [Fact]
    public void Bug16_TextBeforeAnyFinish_IsKept()
    {
        foreach (var reason in new[] { "MAX_TOKENS", "SAFETY", "RECITATION", "OTHER", "SOMETHING_NEW" })
        {
            Assert.Equal("half", (string?)Choice(Event("""{"text":"half"}""", reason))["message"]!["content"]);
            Assert.Equal("half", Stream(Event("""{"text":"half"}""", reason)).Text());
        }
    }

    [Fact]
    public void Bug18_CharacterSplitBetweenNetworkChunks_StaysWhole()
    {
        var bytes = Encoding.UTF8.GetBytes("data: " + Event("""{"text":"世界😀"}""", "STOP") + "\r\n\r\n");
        var parser = new GeminiStreamParser(4096);
        var texts = new List<string>();
        foreach (var one in bytes)
        {
            parser.Append([one]);
            while (parser.TryRead(out var item))
            {
                texts.Add(GeminiAnswerReader.Read(item.Data.Span).Candidates![0]!.Content!.Parts![0]!.Text.ToString());
            }
        }

        Assert.Equal(["世界😀"], texts);
    }

    [Fact]
    public void Bug20_SeveralEventsInOneNetworkChunk_AreAllRead()
    {
        var parser = new GeminiStreamParser(4096);
        parser.Append(Encoding.UTF8.GetBytes("data: {\"a\":1}\r\n\r\ndata: {\"a\":2}\r\n\r\ndata: {\"a\""));

        Assert.True(parser.TryRead(out var first));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(first.Data.Span));
        Assert.True(parser.TryRead(out var second));
        Assert.Equal("""{"a":2}""", Encoding.UTF8.GetString(second.Data.Span));
        Assert.False(parser.TryRead(out _));
    }

    [Fact]
    public void Bug21_BareJsonErrorInTheStream_IsReadAsAnError()
    {
        var parser = new GeminiStreamParser(4096);
        parser.Append("""
            data: {"candidates": []}

            {
              "error": {
                "code": 499,
                "message": "The operation was {cancelled}.",
                "status": "CANCELLED"
              }
            }
            """u8);

        Assert.True(parser.TryRead(out var answer));
        Assert.False(answer.IsError);
        Assert.False(parser.TryRead(out _));
        parser.Complete();
        Assert.True(parser.TryRead(out var error));
        Assert.True(error.IsError);
        var status = GeminiAnswerReader.ReadError(error.Data.Span)!;
        Assert.Equal(499, status.Code);
        Assert.Equal("CANCELLED", status.Status);
        Assert.Equal("The operation was {cancelled}.", status.Message);
        Assert.False(parser.TryRead(out _));
    }

    [Fact]
    public void Bug22_UsageOfTheStream_IsSentWhenAskedFor()
    {
        var stream = Stream(Context() with { IncludeUsage = true }, Event("""{"text":"a"}"""),
            """{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2}}""");

        Assert.Equal(9, (int)stream.Chunks[^1]["usage"]!["total_tokens"]!);
        Assert.Empty(stream.Chunks[^1]["choices"]!.AsArray());
        Assert.True(stream.Done);
    }

    [Fact]
    public void Bug23_UsageInAnEventWithCandidates_IsSeen()
    {
        var stream = Stream(
            Context() with { IncludeUsage = true },
            """{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7}}""");

        Assert.Equal(7, (int)stream.Chunks[^1]["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public void Bug24_CumulativeUsage_IsNotAddedUp()
    {
        var stream = Stream(Context() with { IncludeUsage = true }, [.. Enumerable.Range(1, 50).Select(UsageEvent)]);

        Assert.Equal(50, (int)stream.Chunks[^1]["usage"]!["completion_tokens"]!);
        Assert.Equal(89, (int)stream.Chunks[^1]["usage"]!["prompt_tokens"]!);
        Assert.Single(stream.Chunks, chunk => chunk["usage"] is not null);
    }

    [Fact]
    public void Bug30_ThoughtSignature_TravelsInExtraContent() =>
        Assert.Equal("S", (string?)Stream(Event("""{"functionCall":{"name":"f"},"thoughtSignature":"S"}""", "STOP"))
            .Calls()[0]["extra_content"]!["google"]!["thought_signature"]);

    [Fact]
    public void Bug48_KeyInTheUpstreamsMessage_IsNotShown() =>
        Assert.DoesNotContain("AIza", ErrorTranslator.ToOpenAI(500, new GeminiErrorStatus
        {
            Message = "failed: https://generativelanguage.googleapis.com/v1beta/models?key=AIzaSyA-0123456789012345678901234567890",
        }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("AQ.Ab8RN6IexampleExample-example_0123456789")]
    [InlineData("AIzaSyA-0123456789012345678901234567890")]
    public void Bug49_EitherKindOfKey_IsRedacted(string key) =>
        Assert.Equal("bad [redacted] here", SecretRedactor.Redact($"bad {key} here"));

    private static string UsageEvent(int count) =>
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":89,\"candidatesTokenCount\":"
        + count + "}}";
}
