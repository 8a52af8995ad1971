using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Requests;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class SpeechRequestTests
{
    private static readonly SpeechTranslationOptions Options = new() { Model = "gemini-2.5-flash-preview-tts", Voice = "Zephyr" };

    [Fact]
    public void Translate_Text_IsOnePartWithTheVoice() => Canonical.Equal(
        """
        {"contents":[{"role":"user","parts":[{"text":"Hello."}]}],
        "generationConfig":{"responseModalities":["AUDIO"],"speechConfig":{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}}}}
        """,
        Body("""{"model":"tts-1","input":"Hello.","voice":"alloy"}""", Options));

    [Theory]
    [InlineData("", "Zephyr")]
    [InlineData(",\"voice\":null", "Zephyr")]
    [InlineData(",\"voice\":\"\"", "Zephyr")]
    [InlineData(",\"voice\":\"onyx\"", "Orus")]
    [InlineData(",\"voice\":\"puck\"", "Puck")]
    [InlineData(",\"voice\":{\"id\":\"Sulafat\"}", "Sulafat")]
    public void Translate_Voice_IsGeminisNameOrTheDefault(string voice, string expected) =>
        Assert.Equal(expected, (string?)Body($$"""{"input":"x"{{voice}}}""", Options)["generationConfig"]!["speechConfig"]!["voiceConfig"]!["prebuiltVoiceConfig"]!["voiceName"]);

    [Theory]
    [InlineData("", SpeechPace.Normal, null)]
    [InlineData(",\"speed\":1.0", SpeechPace.Normal, null)]
    [InlineData("", SpeechPace.Slow, "Speak slowly.")]
    [InlineData(",\"speed\":1.25", SpeechPace.Slow, "Speak fast, at about 1.25 times the usual pace.")]
    [InlineData(",\"speed\":0.25", SpeechPace.Normal, "Speak very slowly, at about 0.25 times the usual pace.")]
    [InlineData(",\"speed\":4,\"instructions\":\" Whisper. \"", SpeechPace.Normal, "Whisper. Speak very fast, at about 4 times the usual pace.")]
    [InlineData(",\"instructions\":\"Whisper.\"", SpeechPace.Normal, "Whisper.")]
    public void Translate_Style_StandsBeforeTheTextOrBesideIt(string members, SpeechPace pace, string? style)
    {
        var request = $$"""{"input":"Hello."{{members}}}""";

        var old = Body(request, Options with { Pace = pace })["contents"]![0]!["parts"]![0]!;
        var young = Body(request, Options with { Pace = pace, Model = "gemini-3.8-flash-tts" })["contents"]![0]!["parts"]![0]!;

        Assert.Equal(style is null ? "Hello." : $"Read the following text aloud. {style}\n\nHello.", (string?)old["text"]);
        Assert.Null(old["speechMetadata"]);
        Assert.Equal("Hello.", (string?)young["text"]);
        Assert.Equal(style, (string?)young["speechMetadata"]?["style"]);
    }

    [Theory]
    [InlineData("\"google\":{\"speech_config\":{\"multiSpeakerVoiceConfig\":{}}}")]
    [InlineData("\"extra_body\":{\"google\":{\"speechConfig\":{\"multiSpeakerVoiceConfig\":{}}}}")]
    public void Translate_GooglesOwnOptions_Win(string member) => Canonical.Equal(
        """{"responseModalities":["AUDIO"],"speechConfig":{"multiSpeakerVoiceConfig":{}}}""",
        Body($$"""{"input":"x","voice":"alloy",{{member}}}""", Options)["generationConfig"]!);

    [Fact]
    public void Translate_SafetySettings_AreAdded() => Canonical.Equal(
        """[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]""",
        Body("""{"input":"x"}""", Options with { SafetySettings = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE")] })["safetySettings"]!);

    [Theory]
    [InlineData("{}", "input")]
    [InlineData("""{"input":" "}""", "input")]
    [InlineData("""{"input":["x"]}""", "input")]
    [InlineData("""{"input":"x","speed":0.2}""", "speed")]
    [InlineData("""{"input":"x","speed":5}""", "speed")]
    [InlineData("""{"input":"x","response_format":"ogg"}""", "response_format")]
    [InlineData("""{"input":"x","stream_format":"chunks"}""", "stream_format")]
    [InlineData("""{"input":"x","voice":5}""", "voice")]
    [InlineData("""{"input":"x","google":{"speech_config":5}}""", "google.speechConfig")]
    public void Translate_WhatCannotBe_NamesTheField(string body, string param) =>
        Assert.Equal(param, Assert.Throws<TranslationException>(() => Body(body, Options)).Param);

    [Theory]
    [InlineData("", SpeechFormat.Wav, SpeechStreaming.None)]
    [InlineData(",\"response_format\":null,\"stream_format\":null", SpeechFormat.Wav, SpeechStreaming.None)]
    [InlineData(",\"response_format\":\"pcm\",\"stream_format\":\"audio\"", SpeechFormat.Pcm, SpeechStreaming.Audio)]
    [InlineData(",\"response_format\":\"FLAC\",\"stream_format\":\"sse\"", SpeechFormat.Flac, SpeechStreaming.Events)]
    [InlineData(",\"response_format\":\"mp3\"", SpeechFormat.Mp3, SpeechStreaming.None)]
    [InlineData(",\"response_format\":\"opus\"", SpeechFormat.Opus, SpeechStreaming.None)]
    [InlineData(",\"response_format\":\"aac\"", SpeechFormat.Aac, SpeechStreaming.None)]
    public void Read_Formats_AreTold(string members, SpeechFormat format, SpeechStreaming streaming)
    {
        var request = OpenAIRequestReader.ReadSpeech(Encoding.UTF8.GetBytes($$"""{"input":"x"{{members}}}"""));

        Assert.Equal((format, streaming), (request.Format, request.Streaming));
    }

    private static JsonNode Body(string request, SpeechTranslationOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        SpeechRequestTranslator.Write(OpenAIRequestReader.ReadSpeech(Encoding.UTF8.GetBytes(request)), options, output);
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
