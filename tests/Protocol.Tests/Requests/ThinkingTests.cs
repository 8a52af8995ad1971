using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>How much to think: every effort with every generation, and the other spellings.</summary>
public sealed class ThinkingTests
{
    [Theory]
    [InlineData("gemini-3.8-flash", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-3.7-flash", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-3.1-pro-preview", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-3.6-flash", "MINIMAL", "MINIMAL", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-3-flash-preview", "MINIMAL", "MINIMAL", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-3.5-flash-lite", "MINIMAL", "MINIMAL", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-flash-lite-latest", "MINIMAL", "MINIMAL", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-flash-latest", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-5-ultra", "LOW", "LOW", "LOW", "MEDIUM", "HIGH", "HIGH", "HIGH")]
    [InlineData("gemini-2.5-pro", "128", "1024", "1024", "8192", "24576", "32768", "32768")]
    [InlineData("gemini-2.5-flash", "0", "1024", "1024", "8192", "24576", "24576", "24576")]
    [InlineData("gemini-2.5-flash-lite", "0", "512", "1024", "8192", "24576", "24576", "24576")]
    public void Translate_Effort_IsLevelOrBudget(string model, params string[] expected)
    {
        string[] efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
        Assert.Equal(expected, efforts.Select(effort =>
        {
            var config = Body(Hi($"\"reasoning_effort\":\"{effort}\""), model)["generationConfig"]!["thinkingConfig"]!.AsObject();
            Assert.Single(config);
            return config.Single().Value!.ToString();
        }));
    }

    [Theory]
    [InlineData("gemini-2.0-flash")]
    [InlineData("gemma-3-27b-it")]
    [InlineData("gemini-2.5-flash-image")]
    [InlineData("gemini-3-pro-image")]
    public void Translate_ModelThatCannotThink_GetsNoConfig(string model) =>
        Assert.Null(Body(Hi("\"reasoning_effort\":\"high\""), model, options => options with { IncludeThoughts = true })["generationConfig"]?["thinkingConfig"]);

    [Theory]
    [InlineData("\"reasoning\":{\"effort\":\"low\"}", """{"thinkingBudget":1024}""")]
    [InlineData("\"reasoning\":{\"max_tokens\":5000}", """{"thinkingBudget":5000}""")]
    [InlineData("\"reasoning\":{\"enabled\":false,\"effort\":\"high\"}", """{"thinkingBudget":0}""")]
    [InlineData("\"reasoning\":{\"enabled\":true}", null)]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}", """{"thinkingBudget":2000}""")]
    [InlineData("\"thinking\":{\"type\":\"disabled\"}", """{"thinkingBudget":0}""")]
    [InlineData("\"thinking_budget\":99999", """{"thinkingBudget":24576}""")]
    [InlineData("\"thinking_budget\":-1", """{"thinkingBudget":-1}""")]
    [InlineData("\"enable_thinking\":false", """{"thinkingBudget":0}""")]
    [InlineData("\"enable_thinking\":true", null)]
    [InlineData("\"reasoning_effort\":\"high\",\"enable_thinking\":false", """{"thinkingBudget":24576}""")]
    [InlineData("\"reasoning_effort\":null", null)]
    public void Translate_OtherSpellings_AreUnderstood(string members, string? config) =>
        Equal(config ?? "null", Body(Hi(members))["generationConfig"]?["thinkingConfig"]);

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "MINIMAL")]
    [InlineData(1024, "LOW")]
    [InlineData(1025, "MEDIUM")]
    [InlineData(8192, "MEDIUM")]
    [InlineData(8193, "HIGH")]
    public void Translate_BudgetForLevelModel_IsNearestLevel(int budget, string? level) =>
        Assert.Equal(level, (string?)Body(Hi($"\"thinking_budget\":{budget}"), "gemini-3.6-flash")["generationConfig"]?["thinkingConfig"]?["thinkingLevel"]);

    [Theory]
    [InlineData("gemini-2.5-pro", 0, 128)]
    [InlineData("gemini-2.5-pro", 99999, 32768)]
    [InlineData("gemini-2.5-flash-lite", 1, 512)]
    [InlineData("gemini-2.5-flash-lite", 0, 0)]
    public void Translate_BudgetOutsideTheModelsRange_IsClamped(string model, int budget, int expected) =>
        Assert.Equal(expected, (int?)Body(Hi($"\"thinking_budget\":{budget}"), model)["generationConfig"]?["thinkingConfig"]?["thinkingBudget"]);

    [Fact]
    public void Translate_NothingAsked_SendsNothing() => Assert.Null(Body(Hi("\"n\":1"))["generationConfig"]);

    [Theory]
    [InlineData("\"n\":1", """{"includeThoughts":true}""")]
    [InlineData("\"reasoning_effort\":\"low\"", """{"includeThoughts":true,"thinkingBudget":1024}""")]
    [InlineData("\"reasoning_effort\":\"none\"", """{"thinkingBudget":0}""")]
    [InlineData("\"reasoning\":{\"exclude\":true}", null)]
    public void Translate_ThoughtsShown_AreAskedForUnlessThereAreNone(string members, string? config) =>
        Equal(config ?? "null", Body(Hi(members), options: options => options with { IncludeThoughts = true })["generationConfig"]?["thinkingConfig"]);

    [Theory]
    [InlineData(1, "gemini-2.5-flash", """{"thinkingBudget":0}""")]
    [InlineData(3, "gemini-3.6-flash", """{"thinkingLevel":"MINIMAL"}""")]
    [InlineData(15, "gemini-3.8-flash", """{"thinkingLevel":"LOW"}""")]
    [InlineData(16, "gemini-2.5-flash", null)]
    public void Translate_TinyAnswer_IsNotSpentOnThoughts(int tokens, string model, string? config) =>
        Equal(config ?? "null", Body(Hi($"\"max_tokens\":{tokens}"), model)["generationConfig"]!["thinkingConfig"]);
}
