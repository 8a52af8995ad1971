using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Interactions;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Tests.Interactions;

/// <summary>What is written into requests for interactions, and that nothing else of them changes.</summary>
public sealed class InteractionEditorTests
{
    private static readonly ModelFeatures Search = new() { Search = true };

    [Theory]
    [InlineData("""{"model":"gemini-2.5-flash","input":"Hi"}""")]
    [InlineData("""{"model":"gemini-2.5-flash","input":"Hi","safety_settings":[{}],"generation_config":{"thinking_level":"low"}}""")]
    public void NothingToChange_NothingIsWritten(string body)
    {
        Assert.Null(Edit(body, For(ModelFeatures.None)));
        if (body.Contains("safety", StringComparison.Ordinal))
        {
            Assert.Null(Edit(body, For(ModelFeatures.None) with { ThinkingBudget = 9, SafetySettings = [new("HARM_CATEGORY_HARASSMENT", "OFF")] }));
        }
    }

    [Fact]
    public void Edit_CopiesEverythingElseByteForByte() => Assert.Equal(
        "{\"model\":\"models/gemini-2.5-flash\",\"input\":[ {\"type\":\"text\",\"text\":\"\\u00e9 \\/ <\"}],\"new\":1.50e+2,\"generation_config\":{\"seed\":1.0,\"thinking_level\":\"minimal\"},"
            + "\"safety_settings\":[{\"type\":\"harassment\",\"threshold\":\"block_none\"}]}",
        Edit(
            "{\"model\" : \"models/mine\", \"input\" : [ {\"type\":\"text\",\"text\":\"\\u00e9 \\/ <\"}], \"generation_config\":{ \"seed\" :1.0},\"new\": 1.50e+2}",
            For(new ModelFeatures { Thinking = new ReasoningOptions("none", null, false) }, "mine") with
            {
                SafetySettings = [new("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE")], IncludeThoughts = true,
            }));

    [Theory]
    [InlineData("gemini-2.5-flash", """{"tools":[{"type":"google_search"}]}""", null)]
    [InlineData("gemini-2.5-flash", """{"tools":[{"type":"function","name":"f"}]}""", null)]
    [InlineData("gemini-2.5-flash", """{"response_format":{"type":"text","mime_type":"application/json"}}""", null)]
    [InlineData("gemini-2.5-flash", """{"tools":[{"type":"url_context"}]}""", """{"tools":[{"type":"url_context"},{"type":"google_search"}]}""")]
    [InlineData("gemini-3-flash-preview", """{"tools":[{"type":"function","name":"f"}]}""", """{"tools":[{"type":"function","name":"f"},{"type":"google_search"}]}""")]
    public void Search_IsAddedWhereTheModelTakesIt(string model, string body, string? edited) =>
        Assert.Equal(edited, Edit(body, new NativeDefaults { Model = new ModelRequest(model, model, Search) }));

    [Theory]
    [InlineData("""{"input":"Hi"}""", """{"input":"Hi","tools":[{"type":"url_context"},{"type":"code_execution"}]}""")]
    [InlineData("""{"input":[{"type":"image","uri":"x"}]}""", """{"input":[{"type":"image","uri":"x"}],"tools":[{"type":"url_context"}]}""")]
    [InlineData("""{"input":[{"type":"user_input","content":[{"type":"function_result"}]}]}""", null)]
    public void ToolsOfTheSettings_AreOfferedWhereNothingElseIsAskedFor(string body, string? edited) =>
        Assert.Equal(edited, Edit(body, For(ModelFeatures.None) with { OffersCodeExecution = true, OffersUrlContext = true }));

    [Theory]
    [InlineData("gemini-2.5-flash", 0, "minimal")]
    [InlineData("gemini-2.5-flash", 1_000, "low")]
    [InlineData("gemini-2.5-flash", 8_000, "medium")]
    [InlineData("gemini-2.5-flash", 20_000, "high")]
    [InlineData("gemini-2.5-flash", -1, null)]
    [InlineData("gemini-3.1-pro-preview", 0, "low")]
    public void BudgetOfThinking_BecomesALevel(string model, int tokens, string? level) => Assert.Equal(
        level is null ? null : $$"""{"input":"Hi","generation_config":{"thinking_level":"{{level}}"} }""".Replace("} }", "}}", StringComparison.Ordinal),
        Edit("""{"input":"Hi"}""", new NativeDefaults { Model = new ModelRequest(model, model, ModelFeatures.None), ThinkingBudget = tokens }));

    [Theory]
    [InlineData("""{"input":"Hi"}""", """{"input":"Hi","response_format":[{"type":"text"},{"type":"image"}]}""")]
    [InlineData("""{"response_modalities":["image"]}""", null)]
    public void Pictures_AreAskedForUnlessTheRequestSaysWhatItWants(string body, string? edited) => Assert.Equal(edited, Edit(body, For(new ModelFeatures { Image = true })));

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"\\ud800\":1}")]
    public void WhatIsNoObject_IsTheUpstreamsToRefuse(string body) => Assert.Null(Edit(body, For(Search)));

    private static NativeDefaults For(ModelFeatures features, string name = "gemini-2.5-flash") => new() { Model = new ModelRequest(name, "gemini-2.5-flash", features) };

    private static string? Edit(string body, NativeDefaults defaults)
    {
        var output = new ArrayBufferWriter<byte>();
        return InteractionEditor.TryEdit(Encoding.UTF8.GetBytes(body), defaults, output) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }
}
