using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class ChatResponseTranslatorTests
{
    [Fact]
    public void Write_TextOfTwoParts_IsOneContent()
    {
        var answer = Unary("""
            {"candidates":[{"content":{"parts":[{"text":"Hello, "},{"text":"世界 \"!\"\n"}],"role":"model"},"finishReason":"STOP"}],
             "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5},"modelVersion":"gemini-2.5-flash-001"}
            """);

        Assert.Equal("chatcmpl-" + AnswerId, (string?)answer["id"]);
        Assert.Equal("chat.completion", (string?)answer["object"]);
        Assert.Equal(1_790_000_000, (long)answer["created"]!);
        Assert.Equal("gemini-2.5-flash", (string?)answer["model"]);
        var choice = Assert.Single(answer["choices"]!.AsArray())!;
        Assert.Equal("assistant", (string?)choice["message"]!["role"]);
        Assert.Equal("Hello, 世界 \"!\"\n", (string?)choice["message"]!["content"]);
        Assert.Equal("stop", (string?)choice["finish_reason"]);
        Assert.Equal(5, (int)answer["usage"]!["total_tokens"]!);
    }
}
