using GeminiBalance.Protocol.Tests.Anthropic;
using GeminiBalance.Protocol.Tests.ResponsesApi;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Tokens lost or counted many times.</summary>
public sealed class UsageBugTests
{
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
    public void Bug25_CumulativeUsageOnTheOtherFaces_IsNotAddedUp()
    {
        string[] events = [.. Enumerable.Range(1, 50).Select(UsageEvent)];

        var message = Claude.Accumulate(Claude.Stream(Claude.Context(), events).Events);
        var response = ResponsesBench.Stream(events)[^1]["response"]!;

        Assert.Equal((89, 50), ((int)message["usage"]!["input_tokens"]!, (int)message["usage"]!["output_tokens"]!));
        Assert.Equal((89, 50), ((int)response["usage"]!["input_tokens"]!, (int)response["usage"]!["output_tokens"]!));
    }

    private static string UsageEvent(int count) =>
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":89,\"candidatesTokenCount\":"
        + count + "}}";
}
