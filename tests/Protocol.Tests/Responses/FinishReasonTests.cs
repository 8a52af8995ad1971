using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class FinishReasonTests
{
    private const string Call = """{"functionCall":{"name":"f","args":{}}}""";

    // Wire name, reason, finish with text only, finish with a call, what the reason alone amounts to.
    private static readonly (string Name, FinishReason Reason, string Text, string Call, AnswerContentKind Alone)[] Table =
    [
        ("STOP", FinishReason.Stop, "stop", "tool_calls", AnswerContentKind.Empty),
        ("MAX_TOKENS", FinishReason.MaxTokens, "length", "length", AnswerContentKind.Finished),
        ("SAFETY", FinishReason.Safety, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("RECITATION", FinishReason.Recitation, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("LANGUAGE", FinishReason.Language, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("BLOCKLIST", FinishReason.Blocklist, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("PROHIBITED_CONTENT", FinishReason.ProhibitedContent, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("SPII", FinishReason.Spii, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("IMAGE_SAFETY", FinishReason.ImageSafety, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("IMAGE_PROHIBITED_CONTENT", FinishReason.ImageProhibitedContent, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("IMAGE_RECITATION", FinishReason.ImageRecitation, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("IMAGE_OTHER", FinishReason.ImageOther, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("MODEL_ARMOR", FinishReason.ModelArmor, "content_filter", "content_filter", AnswerContentKind.Blocked),
        ("NO_IMAGE", FinishReason.NoImage, "stop", "stop", AnswerContentKind.Finished),
        ("MALFORMED_FUNCTION_CALL", FinishReason.MalformedFunctionCall, "stop", "stop", AnswerContentKind.Empty),
        ("UNEXPECTED_TOOL_CALL", FinishReason.UnexpectedToolCall, "stop", "stop", AnswerContentKind.Empty),
        ("TOO_MANY_TOOL_CALLS", FinishReason.TooManyToolCalls, "stop", "stop", AnswerContentKind.Empty),
        ("MISSING_THOUGHT_SIGNATURE", FinishReason.MissingThoughtSignature, "stop", "stop", AnswerContentKind.Empty),
        ("MALFORMED_RESPONSE", FinishReason.MalformedResponse, "stop", "stop", AnswerContentKind.Empty),
        ("OTHER", FinishReason.Other, "stop", "stop", AnswerContentKind.Empty),
        ("FINISH_REASON_UNSPECIFIED", FinishReason.Unspecified, "stop", "stop", AnswerContentKind.Empty),
        ("SOMETHING_NEW_IN_2027", FinishReason.Unknown, "stop", "stop", AnswerContentKind.Empty),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Fact]
    public void Table_Reasons_AreAllThere() =>
        Assert.Equal(Enum.GetValues<FinishReason>().Order(), Table.Select(row => row.Reason).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Finish_EachReason_IsTheSameInAnswersAndStreams(string name)
    {
        var row = Table.Single(item => item.Name == name);

        Assert.Equal(row.Reason, Read(Event("", name)).Candidates![0]!.FinishReason!.Reason);
        Check(row.Text, name, """{"text":"x"}""");
        Check(row.Call, name, Call);
        Assert.Equal(row.Alone, AnswerContent.Classify(Read(Event("", name))));
        Assert.Equal(AnswerContentKind.Useful, AnswerContent.Classify(Read(Event("""{"text":"x"}""", name))));
    }

    [Fact]
    public void Finish_LegacyFunctions_IsFunctionCall()
    {
        var context = Context() with { UsesLegacyFunctions = true };

        var choice = Choice(Event(Call, "STOP"), context);
        Assert.Equal("function_call", (string?)choice["finish_reason"]);
        Assert.Equal("""{"name":"f","arguments":"{}"}""", choice["message"]!["function_call"]!.ToJsonString());
        Assert.Null(choice["message"]!["tool_calls"]);

        var stream = Stream(context, Event(Call), Event("""{"functionCall":{"name":"g"}}"""), Event("", "STOP"));
        Assert.Equal("function_call", stream.Finish());
        Assert.Equal("f", Assert.Single(stream.Deltas().Select(delta => (string?)delta["function_call"]?["name"]).OfType<string>()));
    }

    private static void Check(string expected, string name, string part)
    {
        var choice = Choice(Event(part, name));
        Assert.Equal(expected, (string?)choice["finish_reason"]);
        Assert.Equal(name, (string?)choice["native_finish_reason"]);

        var together = Stream(Event(part, name));
        Assert.True(together.Completed);
        Assert.Equal(expected, together.Finish());
        Assert.Equal(name, (string?)together.Choices.Last()["native_finish_reason"]);
        Assert.Equal(expected, Stream(Event(part), Event("""{"text":""}""", name)).Finish());
    }
}
