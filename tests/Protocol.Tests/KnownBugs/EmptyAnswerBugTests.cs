using GeminiBalance.Protocol.GeminiToOpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Answers without the members that every other one has.</summary>
public sealed class EmptyAnswerBugTests
{
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
}
