using System.Text.Json.Nodes;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Streams that arrive in pieces of any size.</summary>
public sealed class StreamBugTests : KnownBugTest
{
    private const string Long = """{"contents":[{"role":"user","parts":[{"text":"[[long 12]]"}]}]}""";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Bug17_NativeStreamInPieces_HasNoBlankLineInsideAnEvent(int pieceBytes)
    {
        Upstream.Knobs.Add(new Knob { PieceBytes = pieceBytes });

        using var response = await PostAsync("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", Long);

        var events = (await response.Content.ReadAsStringAsync()).Split("\r\n\r\n");
        Assert.Equal("", events[^1]);
        Assert.True(events.Length > 12);
        Assert.All(events[..^1], item => Assert.NotNull(JsonNode.Parse(item["data: ".Length..])!["candidates"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Bug19_CharactersSplitByTheNetwork_ReachEveryFaceWhole(int pieceBytes)
    {
        var whole = (string)(await PostForJsonAsync("/v1beta/models/gemini-2.5-flash:generateContent", Long))["candidates"]![0]!["content"]!["parts"]![0]!["text"]!;
        Upstream.Knobs.Add(new Knob { PieceBytes = pieceBytes });

        using var chat = await PostAsync("/v1/chat/completions", """{"model":"gemini-2.5-flash","stream":true,"messages":[{"role":"user","content":"[[long 12]]"}]}""");
        using var message = await PostAsync("/v1/messages", """{"model":"gemini-2.5-flash","max_tokens":999,"stream":true,"messages":[{"role":"user","content":"[[long 12]]"}]}""");

        Assert.Contains(whole, c => c > '\u3000');
        Assert.Equal(whole, Joined(await chat.Content.ReadAsStringAsync(), data => (string?)data["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"]));
        Assert.Equal(whole, Joined(await message.Content.ReadAsStringAsync(), data => (string?)data["delta"]?["text"]));
    }

    private static string Joined(string stream, Func<JsonNode, string?> textOf) => string.Concat(stream.Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => textOf(JsonNode.Parse(line["data: ".Length..])!)));
}
