using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Tests.Streaming;

public sealed class EventCutterTests
{
    private const string Call = """{"functionCall": {"name": "f","args": {"a": 1.50}},"thoughtSignature": "c2ln"}""";

    private static readonly StreamSettings Settings = new();

    [Theory]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"a\ud800"}]}}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"\udc00":1}]}}]}""")]
    [InlineData("""{"\ud800":1,"candidates":[{"content":{"parts":[{"text":"a"}]}}]}""")]
    public void Event_WithTextThatIsNoUnicode_IsLeftAsItIs(string json) =>
        Assert.Equal((null, null), (AnswerEvent.TryReadObject(Encoding.UTF8.GetBytes(json)), AnswerEvent.TryRead(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Cut_PartsOfEveryKind_KeepTheirOrderAndComeOnce()
    {
        var json = $$$"""
            {"candidates": [{"content": {"parts": [{"text": "Hm.","thought": true},{"text": "ab"},{{{Call}}},{"text": "c","thoughtSignature": "eA=="}],"role": "model"},
            "finishReason": "STOP","index": 0,"groundingMetadata": {"x": 1e400}}],"usageMetadata": {"promptTokenCount": 4},"modelVersion": "gemini-x","responseId": "r"}
            """;

        var pieces = Cut(json);

        var parts = pieces.SelectMany(piece => piece["candidates"]![0]!["content"]!["parts"]!.AsArray()).Select(part => part!.ToJsonString()).ToList();
        Assert.Equal(
            [
                """{"text":"Hm.","thought":true}""", """{"text":"a"}""", """{"text":"b"}""",
                """{"functionCall":{"name":"f","args":{"a":1.50}},"thoughtSignature":"c2ln"}""", """{"text":"c","thoughtSignature":"eA=="}""",
            ],
            parts);
        Assert.All(pieces, piece => Assert.Equal(("model", 0, "gemini-x", "r"), (
            (string?)piece["candidates"]![0]!["content"]!["role"], (int)piece["candidates"]![0]!["index"]!, (string?)piece["modelVersion"], (string?)piece["responseId"])));
        Assert.All(pieces.SkipLast(1), piece => Assert.True(piece["usageMetadata"] is null && piece["candidates"]![0]!["finishReason"] is null && piece["candidates"]![0]!["groundingMetadata"] is null));
        Assert.Equal("STOP", (string?)pieces[^1]["candidates"]![0]!["finishReason"]);
        Assert.Equal("""{"x":1e400}""", pieces[^1]["candidates"]![0]!["groundingMetadata"]!.ToJsonString());
        Assert.Equal(4, (int)pieces[^1]["usageMetadata"]!["promptTokenCount"]!);
    }

    [Fact]
    public void Cut_OnlyTextAloneIsPaced()
    {
        var json = $$$"""{"candidates": [{"content": {"parts": [{"text": "Hm.","thought": true},{"text": "ab"},{{{Call}}}],"role": "model"}}]}""";

        var pieces = EventCutter.Cut(Encoding.UTF8.GetBytes(json), Settings);

        Assert.Equal([false, true, false], pieces.Select(piece => piece.IsPaced));
    }

    [Theory]
    [InlineData("""{"candidates": [{"content": {"parts": [{"text": "x"}]}}]}""")]
    [InlineData("""{"candidates": [{"content": {"parts": [{"text": "A long thought.","thought": true}]}}]}""")]
    [InlineData("""{"candidates": [{"content": {"parts": [{"text": ""}]},"finishReason": "STOP"}]}""")]
    [InlineData("""{"candidates": [{"content": {"parts": [{"text": "ab"}]}},{"content": {"parts": [{"text": "ab"}]},"index": 1}]}""")]
    [InlineData("""{"candidates": [{"content": {"parts": [{"text": "ab","text": "cd"}]}}]}""")]
    [InlineData("""{"candidates": [{"finishReason": "STOP"}]}""")]
    [InlineData("""{"promptFeedback": {"blockReason": "SAFETY"}}""")]
    [InlineData("""{"candidates": 7}""")]
    [InlineData("""["ab"]""")]
    [InlineData("no JSON")]
    public void Cut_NothingToDealOut_PassesTheVeryBytes(string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(EventCutter.Cut(Encoding.UTF8.GetBytes(json), Settings)).Json.Span));

    private static List<JsonNode> Cut(string json) =>
        [.. EventCutter.Cut(Encoding.UTF8.GetBytes(json), Settings).Select(piece => JsonNode.Parse(piece.Json.Span)!)];
}
