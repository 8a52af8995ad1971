using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class SpeechTests : FakeTest
{
    private const string Old = "gemini-2.5-flash-preview-tts";
    private const string Young = "gemini-3.8-flash-tts";

    [Fact]
    public async Task Stream_IsRawSamplesInPieces_UnaryTheSameInOne()
    {
        var pieces = Events(await StreamAsync("x", Young)).Select(one => Bytes(Part(one))).ToList();
        var old = (await AskAsync(Prompt("x"), Old)).Body;
        var young = (await AskAsync(Prompt("x"), Young)).Body;

        byte[] all = [.. pieces.SelectMany(piece => piece)];
        Assert.Equal(2, pieces.Count);
        Assert.Equal(("audio/L16;codec=pcm;rate=24000", "audio/wav"), (TypeOf(Part(old)), TypeOf(Part(young))));
        Assert.Equal(all, Bytes(Part(old)));
        Assert.Equal("RIFF"u8.ToArray(), Bytes(Part(young))[..4]);
        Assert.Equal(all, Bytes(Part(young))[44..]);
    }

    [Theory]
    [InlineData(Young, "\"generationConfig\":{\"temperature\":1}", 400)]
    [InlineData(Old, "\"generationConfig\":{\"temperature\":1}", 200)]
    [InlineData(Old, "\"generationConfig\":{\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"Nobody\"}}}}", 400)]
    [InlineData(Old, "\"generationConfig\":{\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"Kore\"}}}}", 200)]
    [InlineData(Old, "\"generationConfig\":{\"speechConfig\":{\"multiSpeakerVoiceConfig\":{\"speakerVoiceConfigs\":[{\"speaker\":\"A\",\"voiceConfig\":{\"prebuiltVoiceConfig\":{\"voiceName\":\"alloy\"}}}]}}}", 400)]
    public async Task SamplingAndVoices_AreChecked(string model, string more, int status) =>
        Assert.Equal(status, (await AskAsync(Prompt("x", more), model)).Status);

    [Theory]
    [InlineData("{\"inlineData\":{\"mimeType\":\"audio/mp3\",\"data\":\"AQIDBA==\"}}", "Heard 4 bytes of audio/mp3.")]
    [InlineData("{\"inlineData\":{\"mimeType\":\"audio/mp3\",\"data\":\"AQIDBA==\"}},{\"text\":\"What is it?\"}", "Echo: What is it?")]
    public async Task Recording_WithoutText_IsHeard(string parts, string expected) =>
        Assert.Equal(expected, (string?)Part((await AskAsync($$"""{"contents":[{"role":"user","parts":[{{parts}}]}]}""")).Body)["text"]);

    private static string? TypeOf(JsonNode part) => (string?)part["inlineData"]!["mimeType"];

    private static byte[] Bytes(JsonNode part) => Convert.FromBase64String((string)part["inlineData"]!["data"]!);
}
