using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Names that go into a path.</summary>
public sealed class ModelNameTests
{
    [Theory]
    [InlineData("gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("google/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("gemini/models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("Models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData(" gemini-2.5-flash ", "gemini-2.5-flash")]
    [InlineData("gemini-2.5-flash:generateContent", "gemini-2.5-flash")]
    [InlineData("models/gemini-2.5-flash:streamGenerateContent", "gemini-2.5-flash")]
    [InlineData("google/gemini-2.5-flash:free", "gemini-2.5-flash")]
    public void Normalize_Spelling_IsStripped(string client, string expected) => Assert.Equal(expected, ModelName.Normalize(client));

    [Theory]
    [InlineData("")]
    [InlineData("models/")]
    [InlineData("../files")]
    [InlineData("a/b")]
    [InlineData("models/../gemini")]
    [InlineData("a..b")]
    [InlineData(".hidden")]
    [InlineData("gemini?key=1")]
    [InlineData("gemini%2Fx")]
    [InlineData("gemini#x")]
    [InlineData("gemini\\x")]
    [InlineData("gemini 2")]
    [InlineData("gemini\n2")]
    [InlineData("gemini:1:2")]
    [InlineData(":generateContent")]
    [InlineData("gémini")]
    public void Normalize_WhatWouldBendThePath_IsRefused(string client)
    {
        var error = Assert.Throws<TranslationException>(() => ModelName.Normalize(client));

        Assert.Equal("model", error.Param);
        Assert.Equal("model_not_found", error.Code);
    }

    [Fact]
    public void Normalize_TooLong_IsRefused() => Assert.Throws<TranslationException>(() => ModelName.Normalize(new string('a', 129)));
}
