using static GeminiBalance.Protocol.Tests.Anthropic.Claude;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Thinking that was asked for and is not shown.</summary>
public sealed class ThinkingBugTests
{
    [Theory]
    [InlineData("gemini-2.5-flash")]
    [InlineData("gemini-3-flash-preview")]
    public void Bug34_ThinkingEnabled_AsksForThoughtsToo(string model) =>
        Assert.True((bool?)Body(Hi("""
            "thinking":{"type":"enabled","budget_tokens":4096}
            """), model)["generationConfig"]!["thinkingConfig"]!["includeThoughts"]);
}
