using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Raw samples that are passed off as files.</summary>
public sealed class SoundBugTests
{
    [Theory]
    [InlineData(SpeechFormat.Wav, "audio/wav")]
    [InlineData(SpeechFormat.Pcm, "audio/pcm")]
    [InlineData(SpeechFormat.Flac, "audio/flac")]
    public void Bug57_SamplesByFormat_AreNeverLabelledAsMpeg(SpeechFormat format, string type) =>
        Assert.StartsWith(type, SpeechFormats.ContentTypeOf(format), StringComparison.Ordinal);

    [Fact]
    public void Bug58_RawSamples_GetAWaveHeader()
    {
        const string Part = """{"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=16000","data":"AAECAw=="}}""";

        var bytes = Convert.FromBase64String((string)Choice(Event(Part, "STOP"))["message"]!["audio"]!["data"]!);

        Assert.Equal(48, bytes.Length);
        Assert.Equal("RIFF"u8.ToArray(), bytes[..4]);
        Assert.Equal(40, BitConverter.ToInt32(bytes, 4));
        Assert.Equal("WAVEfmt "u8.ToArray(), bytes[8..16]);
        Assert.Equal((1, 1), (BitConverter.ToInt16(bytes, 20), BitConverter.ToInt16(bytes, 22)));
        Assert.Equal((16000, 32000), (BitConverter.ToInt32(bytes, 24), BitConverter.ToInt32(bytes, 28)));
        Assert.Equal((2, 16), (BitConverter.ToInt16(bytes, 32), BitConverter.ToInt16(bytes, 34)));
        Assert.Equal("data"u8.ToArray(), bytes[36..40]);
        Assert.Equal(4, BitConverter.ToInt32(bytes, 40));
        Assert.Equal([0, 1, 2, 3], bytes[44..]);
    }
}
