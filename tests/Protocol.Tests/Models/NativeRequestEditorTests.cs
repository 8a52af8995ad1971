using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.Models;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Tests.Models;

/// <summary>What is written into native requests, and that nothing else of them changes.</summary>
public sealed class NativeRequestEditorTests
{
    // Spaces, escapes, numbers and unknown members that a parser would write in another way.
    private const string Odd = "\"contents\" : [ {\"parts\":[{\"text\":\"\\u00e9 \\/ <\"}] } ], \"new\\u0046ield\": 1.50e+2 , \"x\":null";

    private static readonly ModelFeatures Search = new() { Search = true };
    private static readonly ModelFeatures Off = new() { Thinking = new ReasoningOptions("none", null, false) };
    private static readonly IReadOnlyList<GeminiSafetySetting> Safety = [new("HARM_CATEGORY_HARASSMENT", "OFF")];

    [Fact]
    public void NothingAsked_NothingChanges()
    {
        Assert.Null(Edit("{" + Odd + "}", For(ModelFeatures.None)));
        Assert.Null(Edit("{" + Odd + ",\"safety_settings\":[{}]}", For(ModelFeatures.None) with { SafetySettings = Safety }));
        Assert.Null(Edit("""{"generationConfig":{"thinkingConfig":{"thinkingBudget":5}}}""", For(ModelFeatures.None) with { ThinkingBudget = 9 }));
    }

    [Fact]
    public void Edit_CopiesEverythingElseByteForByte()
    {
        const string Config = "\"generation_config\":{ \"seed\" :1.0,\"a_b\" : [ ] }";

        Assert.Equal(
            "{\"contents\":[ {\"parts\":[{\"text\":\"\\u00e9 \\/ <\"}] } ],\"new\\u0046ield\":1.50e+2,\"x\":null,\"tools\":[{\"googleSearch\":{}}],"
                + "\"generationConfig\":{\"seed\":1.0,\"a_b\":[ ],\"thinkingConfig\":{\"thinkingBudget\":0}},\"safetySettings\":[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"OFF\"}]}",
            Edit("{" + Odd + "," + Config + "}", For(Search with { Thinking = Off.Thinking }) with { SafetySettings = Safety }));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"contents\":[]")]
    [InlineData("{\"\\ud800\":1}")]
    public void WhatIsNoObject_IsTheUpstreamsToRefuse(string body) => Assert.Null(Edit(body, For(Search)));

    [Theory]
    [InlineData("gemini-2.5-flash", """{"tools":[{"google_search":{}}]}""", """{"tools":[{"google_search":{}}]}""")]
    [InlineData("gemini-2.5-flash", """{"tools":[{"urlContext":{}}]}""", """{"tools":[{"urlContext":{}},{"googleSearch":{}}]}""")]
    [InlineData("gemini-2.5-flash", """{"tools":[{"function_declarations":[]}]}""", """{"tools":[{"function_declarations":[]}]}""")]
    [InlineData("gemini-2.5-flash", """{"generation_config":{"response_mime_type":"application/json"}}""", """{"generation_config":{"response_mime_type":"application/json"}}""")]
    [InlineData("gemini-2.5-flash", """{"cachedContent":"cachedContents/1"}""", """{"cachedContent":"cachedContents/1"}""")]
    [InlineData(
        "gemini-3-flash",
        """{"tools":[{"functionDeclarations":[]}],"tool_config":{"functionCallingConfig":{"mode":"ANY"}}}""",
        """{"tools":[{"functionDeclarations":[]},{"googleSearch":{}}],"toolConfig":{"functionCallingConfig":{"mode":"ANY"},"includeServerSideToolInvocations":true}}""")]
    [InlineData("gemini-3-flash", """{"generationConfig":{"responseMimeType":"application/json"}}""", """{"generationConfig":{"responseMimeType":"application/json"},"tools":[{"googleSearch":{}}]}""")]
    public void Search_IsAddedWhereTheModelTakesIt(string model, string body, string expected) => Assert.Equal(expected, Edit(body, For(Search, model)) ?? body);

    [Theory]
    [InlineData("""{}""", """{"tools":[{"urlContext":{}},{"codeExecution":{}}]}""")]
    [InlineData("""{"tools":[]}""", """{"tools":[{"urlContext":{}},{"codeExecution":{}}]}""")]
    [InlineData("""{"tools":[{"code_execution":{}}]}""", """{"tools":[{"code_execution":{}},{"urlContext":{}}]}""")]
    [InlineData("""{"tools":[{"googleSearch":{}}]}""", """{"tools":[{"googleSearch":{}},{"urlContext":{}}]}""")]
    [InlineData("""{"contents":[{"parts":[{"inline_data":{}}]}]}""", """{"contents":[{"parts":[{"inline_data":{}}]}],"tools":[{"urlContext":{}}]}""")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{}}]}]}""", """{"contents":[{"parts":[{"inlineData":{}}]}],"tools":[{"urlContext":{}}]}""")]
    [InlineData("""{"contents":[{"parts":[{"functionCall":{}}]}]}""", null)]
    [InlineData("""{"tools":[{"functionDeclarations":[]}]}""", null)]
    [InlineData("""{"generationConfig":{"responseMimeType":"application/json"}}""", null)]
    [InlineData("""{"contents":{},"tools":1}""", """{"contents":{},"tools":[{"urlContext":{}},{"codeExecution":{}}]}""")]
    public void OfferedTools_StayAwayWhereTheyCouldFailACall(string body, string? expected) =>
        Assert.Equal(expected, Edit(body, For(ModelFeatures.None) with { OffersCodeExecution = true, OffersUrlContext = true }));

    [Theory]
    [InlineData("gemini-2.5-flash", "{}", """{"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}}""")]
    [InlineData("gemini-3-flash", "{}", """{"generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"MINIMAL"}}}""")]
    [InlineData(
        "gemini-3-flash", """{"generationConfig":{"thinkingConfig":{"includeThoughts":false}}}""", """{"generationConfig":{"thinkingConfig":{"thinkingLevel":"MINIMAL"}}}""")]
    [InlineData(
        "gemini-2.5-flash", """{"generationConfig":{"thinking_config":{"include_thoughts":true}}}""", """{"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}}""")]
    [InlineData("gemini-2.5-flash", """{"generationConfig":{"thinkingConfig":{"thinkingBudget":5}}}""", null)]
    [InlineData("gemini-3-flash", """{"generationConfig":{"thinking_config":{"thinking_level":"HIGH"}}}""", null)]
    [InlineData("gemini-2.0-flash", "{}", null)]
    public void Thinking_OfName_HoldsUnlessTheClientSaysHowMuch(string model, string body, string? expected) =>
        Assert.Equal(expected, Edit(body, For(Off, model) with { IncludeThoughts = true, ThinkingBudget = 77 }));

    [Fact]
    public void Image_AsksForTextAndPictures_UnlessTheClientSaysWhat()
    {
        var image = new ModelFeatures { Image = true };

        Assert.Equal("""{"generationConfig":{"topK":1,"responseModalities":["TEXT","IMAGE"]}}""", Edit("""{"generationConfig":{"topK":1,"responseModalities":null}}""", For(image)));
        Assert.Null(Edit("""{"generationConfig":{"response_modalities":["IMAGE"]}}""", For(image)));
    }

    [Theory]
    [InlineData("""{"model":"models/fast","contents":[]}""", """{"model":"models/gemini-2.5-flash","contents":[]}""")]
    [InlineData("""{"model":"fast"}""", """{"model":"gemini-2.5-flash"}""")]
    [InlineData("""{"model":"models/other","content":{"model":"fast"}}""", """{"model":"models/other","content":{"model":"fast"}}""")]
    [InlineData("""{"requests":[{"model":"models/fast","content" : { }},1]}""", """{"requests":[{"model":"models/gemini-2.5-flash","content":{ }},1]}""")]
    [InlineData("""{"requests":[]}""", """{"requests":[]}""")]
    [InlineData("""{"generateContentRequest":{"model":"models/fast"}}""", """{"generateContentRequest":{"model":"models/gemini-2.5-flash"}}""")]
    public void Rename_FollowsTheNameToWhereverABodyRepeatsIt(string body, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.True(NativeRequestEditor.TryRename(Encoding.UTF8.GetBytes(body), new ModelRequest("fast", "gemini-2.5-flash", ModelFeatures.None), output));
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.False(NativeRequestEditor.TryRename(Encoding.UTF8.GetBytes(body), new ModelRequest("a", "a", ModelFeatures.None), output));
    }

    private static NativeDefaults For(ModelFeatures features, string model = "gemini-2.5-flash") => new() { Model = new ModelRequest(model, model, features) };

    private static string? Edit(string body, NativeDefaults defaults)
    {
        var output = new ArrayBufferWriter<byte>();
        return NativeRequestEditor.TryEdit(Encoding.UTF8.GetBytes(body), defaults, output) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }
}
