using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Options that only some models take.</summary>
public sealed class OptionBugTests
{
    [Fact]
    public void Bug42_DefaultFrequencyPenalty_IsNotSent() =>
        Assert.Null(Body(Hi("\"frequency_penalty\":0,\"presence_penalty\":0"), "gemini-2.0-flash")["generationConfig"]);

    [Fact]
    public void Bug43_PenaltyForModelWithoutPenalties_IsNotSent() =>
        Assert.Null(Body(Hi("\"frequency_penalty\":0.5"), "gemini-2.5-flash")["generationConfig"]);

    [Fact]
    public void Bug44_JsonMimeTypeBesideTools_IsNotSentBeforeGemini3() =>
        Assert.Null(Body(Hi("""
            "response_format":{"type":"json_object"},"tools":[{"type":"function","function":{"name":"f"}}]
            """))["generationConfig"]?["responseMimeType"]);

    [Theory]
    [InlineData("gemini-3.7-flash")]
    [InlineData("gemini-3.8-flash")]
    [InlineData("gemini-3.1-pro-preview")]
    public void Bug61_MinimalForEveryFlash_IsLowWhereItIsRefused(string model) =>
        Assert.Equal("LOW", (string?)Body(Hi("\"reasoning_effort\":\"minimal\""), model)["generationConfig"]!["thinkingConfig"]!["thinkingLevel"]);

    [Fact]
    public void Bug62_SamplingAndPrefillForNewModels_AreNotSent()
    {
        var body = Body("""{"model":"m","temperature":0.5,"messages":[{"role":"user","content":"go"},{"role":"assistant","content":"Once"}]}""", "gemini-3.6-flash");

        Assert.Null(body["generationConfig"]);
        Assert.Equal("user", (string?)body["contents"]!.AsArray()[^1]!["role"]);
    }

    [Fact]
    public void Bug63_BudgetZeroForLevelModels_IsTheLowestLevel()
    {
        var config = Body(Hi("\"thinking_budget\":0,\"max_tokens\":256"), "gemini-3.5-flash")["generationConfig"]!["thinkingConfig"]!;

        Equal("""{"thinkingLevel":"MINIMAL"}""", config);
    }

    [Fact]
    public void Bug64_LevelForBudgetModels_IsABudget() =>
        Equal("""{"thinkingBudget":24576}""", Body(Hi("\"reasoning_effort\":\"high\""), "gemini-2.5-flash")["generationConfig"]!["thinkingConfig"]);
}
