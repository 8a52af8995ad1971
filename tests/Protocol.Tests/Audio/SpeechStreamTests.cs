using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class SpeechStreamTests
{
    private const string First = """{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AQI="}}""";
    private const string Second = """{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=24000","data":"AwQ="}}""";
    private const string Usage = ",\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":7,\"totalTokenCount\":10}}";

    [Fact]
    public void Wav_OfUnknownLength_SaysSoAndGoesOn()
    {
        var (bytes, completed, _) = Stream(SpeechFormat.Wav, asEvents: false, Answers.Event(First), Answers.Event(Second, "STOP"));

        Assert.True(completed);
        Assert.Equal(48, bytes.Length);
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF], bytes[4..8]);
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], bytes[40..]);
    }

    [Fact]
    public void Events_CarryTheBytesAndEndWithTheUsage()
    {
        var last = Answers.Event(Second, "STOP")[..^1] + Usage;

        var (bytes, completed, _) = Stream(SpeechFormat.Pcm, asEvents: true, Answers.Event(First), last);

        Assert.True(completed);
        var events = Encoding.UTF8.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                """data: {"type":"speech.audio.delta","audio":"AQI="}""",
                """data: {"type":"speech.audio.delta","audio":"AwQ="}""",
                """data: {"type":"speech.audio.done","usage":{"input_tokens":3,"output_tokens":7,"total_tokens":10}}""",
                "data: [DONE]",
            ],
            events);
    }

    [Fact]
    public void Flac_InPieces_IsTheWholeFile()
    {
        var (bytes, _, _) = Stream(SpeechFormat.Flac, asEvents: false, Answers.Event(First), Answers.Event(Second, "STOP"));

        Assert.Equal([0x0201, 0x0403], new FlacFile(bytes).Samples);
    }

    [Fact]
    public void Cut_WithoutAFinish_IsNotCompleted()
    {
        var (bytes, completed, _) = Stream(SpeechFormat.Pcm, asEvents: true, Answers.Event(First));

        Assert.False(completed);
        Assert.Single(Encoding.UTF8.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Refused_WritesNothingAndSaysWhy()
    {
        var (bytes, completed, refusal) = Stream(SpeechFormat.Wav, asEvents: true, """{"promptFeedback":{"blockReason":"SAFETY"}}""");

        Assert.Empty(bytes);
        Assert.False(completed);
        Assert.Equal("The prompt was blocked (SAFETY).", refusal);
    }

    [Fact]
    public void Text_IsNotUseful() => Assert.False(new SpeechStreamTranslator(SpeechFormat.Wav, false).IsUseful(Answers.Read(Answers.Event("{\"text\":\"I\"}"))));

    private static (byte[] Bytes, bool Completed, string? Refusal) Stream(SpeechFormat format, bool asEvents, params string[] events)
    {
        var translator = new SpeechStreamTranslator(format, asEvents);
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Answers.Read(item), output);
        }

        var completed = translator.Complete(output);
        return (output.WrittenSpan.ToArray(), completed, translator.Refusal);
    }
}
