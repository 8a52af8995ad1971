using GeminiBalance.Protocol.Models;

namespace GeminiBalance.Protocol.Tests.Models;

/// <summary>Names taken apart, and names that must stay whole.</summary>
public sealed class ModelRequestParserTests
{
    private static readonly ModelRules Rules = new()
    {
        SearchModels = new HashSet<string> { "gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.0-flash-exp" },
        ImageModels = new HashSet<string> { "gemini-2.0-flash-exp", "gemini-2.5-flash-image-preview", "gemini-2.5-flash" },
        Aliases = new Dictionary<string, string>
        {
            ["fast"] = "gemini-2.5-flash-non-thinking",
            ["gemini-1.5-pro"] = "models/gemini-2.5-pro",
            ["claude-*"] = "gemini-2.5-flash",
            ["claude-opus-*"] = "gemini-2.5-pro-thinking-high",
            ["gemini-2.5-flash-lite"] = "gemini-2.5-flash-lite-thinking-512",
        },
    };

    private static readonly HashSet<string> Listed = ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.0-flash-thinking", "gemini-9-search"];

    [Theory]
    [InlineData("gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("gemini-2.5-flash-search", "gemini-2.5-flash search")]
    [InlineData("models/gemini-2.5-flash-search", "gemini-2.5-flash search")]
    [InlineData("gemini-2.0-flash-exp-image", "gemini-2.0-flash-exp image")]
    [InlineData("gemini-2.5-flash-image-preview-image", "gemini-2.5-flash-image-preview image")]
    [InlineData("gemini-2.5-flash-non-thinking", "gemini-2.5-flash none")]
    [InlineData("gemini-2.5-flash-nothinking", "gemini-2.5-flash none")]
    [InlineData("gemini-2.5-flash-thinking", "gemini-2.5-flash -1")]
    [InlineData("gemini-2.5-flash-thinking-8192", "gemini-2.5-flash 8192")]
    [InlineData("gemini-2.5-flash-thinking-0", "gemini-2.5-flash 0")]
    [InlineData("gemini-3-flash-preview-thinking-low", "gemini-3-flash-preview low")]
    [InlineData("gemini-2.5-flash-search-non-thinking", "gemini-2.5-flash search none")]
    [InlineData("gemini-2.5-flash-non-thinking-search", "gemini-2.5-flash search none")]
    [InlineData("gemini-2.5-flash-thinking-1024-search", "gemini-2.5-flash search 1024")]
    [InlineData("gemini-2.5-flash-search-thinking-1024", "gemini-2.5-flash search 1024")]
    [InlineData("gemini-2.0-flash-exp-image-search-thinking-9", "gemini-2.0-flash-exp search image 9")]
    [InlineData("gemini-2.0-flash-exp-thinking-9-search-image", "gemini-2.0-flash-exp search image 9")]
    [InlineData("gemini-2.5-flash-thinking-1-thinking-2", "gemini-2.5-flash 2")]
    public void Parse_Suffixes_InAnyOrder_AreFeatures(string name, string expected) => Assert.Equal(expected, Show(ModelRequestParser.Parse(name, Rules, Listed)));

    [Theory]
    [InlineData("gemini-2.5-flash-image")]
    [InlineData("gemini-3-pro-image")]
    [InlineData("gemini-3.1-flash-lite-image")]
    [InlineData("gemini-4-flash-image")]
    [InlineData("gemini-2.5-flash-image-preview")]
    [InlineData("gemini-2.0-flash-preview-image-generation")]
    [InlineData("gemini-2.0-flash-thinking-exp")]
    [InlineData("gemini-2.0-flash-thinking-exp-1219")]
    [InlineData("gemini-2.0-flash-thinking-exp-01-21")]
    [InlineData("gemini-2.5-flash-preview-04-17-thinking")]
    [InlineData("gemini-2.0-flash-thinking")]
    [InlineData("gemini-9-search")]
    [InlineData("-search")]
    [InlineData("-thinking-8192")]
    [InlineData("x-thinking-99999999999")]
    [InlineData("x-thinking-+5")]
    public void Parse_NameOfItsOwn_IsNeverCut(string name)
    {
        // Names with '+' are none; they stand for what the parser must not take for a number.
        var request = ModelRequestParser.Split(name, Rules, Listed);

        Assert.Equal(name, request.Model);
        Assert.True(request.IsPlain);
    }

    [Theory]
    [InlineData("fast", "gemini-2.5-flash none")]
    [InlineData("fast-search", "gemini-2.5-flash search none")]
    [InlineData("fast-thinking-5", "gemini-2.5-flash 5")]
    [InlineData("gemini-1.5-pro", "gemini-2.5-pro")]
    [InlineData("gemini-1.5-pro-search", "gemini-2.5-pro search")]
    [InlineData("claude-sonnet-4-5", "gemini-2.5-flash")]
    [InlineData("claude-sonnet-4-5-search", "gemini-2.5-flash search")]
    [InlineData("claude-opus-4-1", "gemini-2.5-pro high")]
    [InlineData("gemini-2.5-flash-lite", "gemini-2.5-flash-lite 512")]
    [InlineData("gemini-2.5-flash-lite-non-thinking", "gemini-2.5-flash-lite none")]
    public void Parse_Alias_IsMappedOnce_AndTakesSuffixes(string name, string expected) => Assert.Equal(expected, Show(ModelRequestParser.Parse(name, Rules, Listed)));

    [Theory]
    [InlineData("gemini-3-flash-preview-search")]
    [InlineData("gemini-3-flash-preview-search-non-thinking")]
    [InlineData("gemini-2.5-flash-image-search")]
    public void Parse_SearchOfModelThatIsNotSetUp_IsRefused(string name)
    {
        var error = Assert.Throws<TranslationException>(() => ModelRequestParser.Parse(name, Rules, Listed));

        Assert.Equal("model", error.Param);
        Assert.Contains("SEARCH_MODELS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeepsTheClientsSpelling() => Assert.Equal("models/fast-search", ModelRequestParser.Parse("models/fast-search", Rules, Listed).Name);

    [Fact]
    public void Parse_ImageOfListedBase_WhenTheListHasTheWholeName_StaysWhole()
    {
        var whole = ModelRequestParser.Parse("gemini-2.5-pro-image", Rules with { ImageModels = new HashSet<string> { "gemini-2.5-pro" } }, new HashSet<string> { "gemini-2.5-pro-image" });

        Assert.Equal("gemini-2.5-pro-image", whole.Model);
        Assert.True(whole.Features.IsEmpty);
    }

    [Fact]
    public void Parse_LongChainOfSuffixes_Ends() =>
        Assert.Equal("a", ModelRequestParser.Parse("a" + string.Concat(Enumerable.Repeat("-nothinking", 11)), Rules, Listed).Model);

    private static string Show(ModelRequest request) => string.Join(' ', new[]
    {
        request.Model,
        request.Features.Search ? "search" : null,
        request.Features.Image ? "image" : null,
        request.Features.Thinking?.Effort ?? request.Features.Thinking?.BudgetTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.OfType<string>());
}
