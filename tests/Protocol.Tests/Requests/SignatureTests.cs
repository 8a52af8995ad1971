using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAIToGemini;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Thought signatures: wherever a client kept them, remembered for clients that did not, made up where nothing else helps.</summary>
public sealed class SignatureTests
{
    private const string Gemini3 = "gemini-3.5-flash";
    private const string Dummy = "skip_thought_signature_validator";

    [Theory]
    [InlineData("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"S1=="}}}""")]
    [InlineData("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}","extra_content":{"google":{"thought_signature":"S1=="}}}}""")]
    [InlineData("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"thought_signature":"S1=="}""")]
    [InlineData("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"provider_specific_fields":{"thought_signature":"S1=="}}""")]
    [InlineData("""{"id":"a","type":"function","function":{"name":"f","arguments":"{}","provider_specific_fields":{"thought_signature":"S1=="}}}""")]
    [InlineData("""{"id":"a__thought__S1==","type":"function","function":{"name":"f","arguments":"{}"}}""")]
    public void Translate_SignatureTheClientKept_GoesBack(string call) => Assert.Equal("S1==", SignatureOf(call, Gemini3));

    [Fact]
    public void Translate_SignatureOfTheMessage_BelongsToItsFirstCall()
    {
        var parts = Parts("""{"id":"a","function":{"name":"f"}},{"id":"b","function":{"name":"g"}}""", Gemini3, message: ",\"extra_content\":{\"google\":{\"thought_signature\":\"S1==\"}}");

        Assert.Equal(["S1==", null], parts.Select(part => (string?)part!["thoughtSignature"]));
    }

    [Fact]
    public void Translate_SignatureOfTheCall_WinsOverAllOthers() =>
        Assert.Equal(
            "OWN=",
            SignatureOf(
                """{"id":"a__thought__ID==","function":{"name":"f"},"extra_content":{"google":{"thought_signature":"OWN="}}}""",
                Gemini3,
                options => options with { Signatures = new Memory("a__thought__ID==", "MEM=") }));

    [Fact]
    public void Translate_SignatureLost_IsRemembered() =>
        Assert.Equal("MEM=", SignatureOf("""{"id":"a","function":{"name":"f"}}""", Gemini3, options => options with { Signatures = new Memory("a", "MEM=") }));

    [Theory]
    [InlineData(Gemini3, Dummy)]
    [InlineData("gemini-4-flash", Dummy)]
    [InlineData("gemini-2.5-flash", null)]
    [InlineData("gemini-2.0-flash", null)]
    public void Translate_SignatureLostForGood_IsTheDummyFromGemini3On(string model, string? expected) =>
        Assert.Equal(expected, SignatureOf("""{"id":"a","function":{"name":"f"}}""", model));

    [Fact]
    public void Translate_ParallelCalls_OnlyTheFirstGetsTheDummy() =>
        Assert.Equal(
            [Dummy, null, null],
            Parts("""{"id":"a","function":{"name":"f"}},{"id":"b","function":{"name":"g"}},{"id":"c","function":{"name":"h"}}""", Gemini3).Select(part => (string?)part!["thoughtSignature"]));

    [Fact]
    public void Translate_EveryStepOfTheCurrentTurn_GetsTheDummyAndNoEarlierOne()
    {
        const string Step = """{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f"}}]},{"role":"tool","tool_call_id":"a","content":"x"}""";
        var contents = Body(Messages($$"""{"role":"user","content":"1"},{{Step}},{"role":"user","content":"2"},{{Step}},{{Step}}"""), Gemini3)["contents"]!.AsArray();

        Assert.Equal(
            [null, Dummy, Dummy],
            contents.Where(content => (string?)content!["role"] == "model").Select(content => (string?)content!["parts"]![0]!["thoughtSignature"]));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("")]
    public void Translate_SignatureThatIsNone_IsDropped(string signature) =>
        Assert.Equal(Dummy, SignatureOf($$$"""{"id":"a","function":{"name":"f"},"thought_signature":"{{{signature}}}"}""", Gemini3));

    [Fact]
    public void Translate_SignatureInUrlSafeSpelling_IsKept() =>
        Assert.Equal("a-b_", SignatureOf("""{"id":"a","function":{"name":"f"},"thought_signature":"a-b_"}""", Gemini3));

    [Fact]
    public void Translate_SignaturesRefusedUpstream_AreAllReplaced() =>
        Assert.Equal(
            Dummy,
            SignatureOf("""{"id":"a","function":{"name":"f"},"thought_signature":"S1=="}""", Gemini3, options => options with { ReplaceSignatures = true, Signatures = new Memory("a", "M") }));

    [Fact]
    public void Translate_SignatureInId_IsCutFromCallAndResult()
    {
        var contents = Body(
            Messages("""{"role":"user","content":"1"},{"role":"assistant","tool_calls":[{"id":"a__thought__S1==","function":{"name":"f"}}]},{"role":"tool","tool_call_id":"a__thought__S1==","content":"x"}"""),
            Gemini3)["contents"]!;

        Assert.Equal("a", (string?)contents[1]!["parts"]![0]!["functionCall"]!["id"]);
        Assert.Equal("a", (string?)contents[2]!["parts"]![0]!["functionResponse"]!["id"]);
        Assert.Null(contents[2]!["parts"]![0]!["thoughtSignature"]);
    }

    [Fact]
    public void Translate_SignatureOfText_GoesBackToTheLastPart() =>
        Assert.Equal(
            "T1==",
            (string?)Body(Messages("""{"role":"user","content":"1"},{"role":"assistant","content":"a","thought_signature":"T1=="},{"role":"user","content":"2"}"""), Gemini3)
                ["contents"]![1]!["parts"]![0]!["thoughtSignature"]);

    private static string? SignatureOf(string call, string model, Func<ChatTranslationOptions, ChatTranslationOptions>? options = null) =>
        (string?)Parts(call, model, options)[0]!["thoughtSignature"];

    private static JsonArray Parts(string calls, string model, Func<ChatTranslationOptions, ChatTranslationOptions>? options = null, string message = "") =>
        Body(Messages($$"""{"role":"user","content":"1"},{"role":"assistant","tool_calls":[{{calls}}]{{message}}},{"role":"tool","tool_call_id":"a","content":"x"}"""), model, options)
            ["contents"]![1]!["parts"]!.AsArray();

    private sealed class Memory(string id, string signature) : IThoughtSignatures
    {
        public string? Find(string toolCallId) => toolCallId == id ? signature : null;

        public string? Find(CallFingerprint call) => null;

        public void Keep(string toolCallId, CallFingerprint call, string signature) => throw new InvalidOperationException("A request keeps nothing.");
    }
}
