using GeminiBalance.Protocol.GeminiToOpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class AnswerContentTests
{
    [Theory]
    [InlineData("""{"text":"a"}""", AnswerContentKind.Useful)]
    [InlineData("""{"text":"a","thought":true}""", AnswerContentKind.Useful)]
    [InlineData("""{"functionCall":{"name":"f"}}""", AnswerContentKind.Useful)]
    [InlineData("""{"inlineData":{"mimeType":"image/png","data":"AA=="}}""", AnswerContentKind.Useful)]
    [InlineData("""{"inlineData":{"mimeType":"audio/wav","data":"AA=="}}""", AnswerContentKind.Useful)]
    [InlineData("""{"executableCode":{"code":"1"}}""", AnswerContentKind.Useful)]
    [InlineData("""{"codeExecutionResult":{"output":"1"}}""", AnswerContentKind.Useful)]
    [InlineData("""{"text":""}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"text":"","thoughtSignature":"s"}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"functionCall":{"name":""}}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"thought":true,"inlineData":{"mimeType":"image/png","data":"AA=="}}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"toolCall":{"toolType":"X"}}""", AnswerContentKind.NothingYet)]
    [InlineData("", AnswerContentKind.NothingYet)]
    public void Classify_Parts(string parts, AnswerContentKind expected) => Assert.Equal(expected, AnswerContent.Classify(Read(Event(parts))));

    [Theory]
    [InlineData("{}", AnswerContentKind.NothingYet)]
    [InlineData("""{"usageMetadata":{"promptTokenCount":1}}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"candidates":[],"promptFeedback":{"safetyRatings":[]}}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"candidates":[null,{}]}""", AnswerContentKind.NothingYet)]
    [InlineData("""{"promptFeedback":{"blockReason":"OTHER"}}""", AnswerContentKind.Blocked)]
    [InlineData("""{"candidates":[{"finishReason":"STOP"},{"finishReason":"MAX_TOKENS"}]}""", AnswerContentKind.Finished)]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY"},{"finishReason":"STOP"}]}""", AnswerContentKind.Blocked)]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY"},{"content":{"parts":[{"text":"a"}]}}]}""", AnswerContentKind.Useful)]
    public void Classify_Answers(string answer, AnswerContentKind expected) => Assert.Equal(expected, AnswerContent.Classify(Read(answer)));
}
