using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class SpeechAnswerTests
{
    private const string Raw = "audio/L16;codec=pcm;rate=24000";

    [Fact]
    public void Write_Pcm_IsTheSamplesOfAllParts()
    {
        var answer = Answer(Part(Raw, [1, 2, 3, 4]), Part(Raw, [5, 6]));

        Assert.Equal([1, 2, 3, 4, 5, 6], Write(answer, SpeechFormat.Pcm));
    }

    [Fact]
    public void Write_Wav_HasAHeaderOfTheTrueLengthAndRate()
    {
        var file = Write(Answer(Part("audio/l16; rate=16000", [1, 2, 3, 4])), SpeechFormat.Wav);

        Assert.Equal(48, file.Length);
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal(40, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(16_000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
        Assert.Equal(4, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)));
        Assert.Equal([1, 2, 3, 4], file[44..]);
    }

    [Fact]
    public void Write_WavFromUpstream_IsUnpackedFirst()
    {
        byte[] extra = [.. "LIST"u8, 3, 0, 0, 0, 9, 9, 9, 0];
        var file = WaveHeader.Of(24_000, 4);
        byte[] longer = [.. file[..36], .. extra, .. file[36..], 1, 2, 3, 4];
        var answer = Answer(Part("audio/wav", longer));

        Assert.Equal([1, 2, 3, 4], Write(answer, SpeechFormat.Pcm));
        Assert.Equal([.. file, 1, 2, 3, 4], Write(answer, SpeechFormat.Wav));
    }

    [Theory]
    [InlineData("audio/wav", "AAAA")]
    [InlineData("audio/mpeg", "//uQ")]
    [InlineData(Raw, "A===")]
    public void Write_WhatIsNoSpeech_IsMalformed(string type, string base64) =>
        Assert.Throws<MalformedAnswerException>(() => Write(Answer(Part(type, base64)), SpeechFormat.Wav));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void Write_Flac_GivesBackEverySample(int count)
    {
        var random = new Random(count);
        var samples = Enumerable.Range(0, count)
            .Select(i => (short)Math.Clamp((12_000 * Math.Sin(i / 9.0)) + random.Next(-300, 300) + (i % 977 == 0 ? 30_000 : 0), short.MinValue, short.MaxValue)).ToArray();

        var flac = new FlacFile(Flac(samples, out var size));

        Assert.Equal(samples, flac.Samples);
        Assert.Equal((24_000, (long)count), (flac.Rate, flac.TotalSamples));
        Assert.True(count < 4096 || size < count * 2 * 0.8, $"{size} bytes for {count} samples");
    }

    [Fact]
    public void Write_FlacOfTheWorstSamples_GivesThemBack()
    {
        short[] samples = [.. Enumerable.Range(0, 5_000).Select(i => i % 2 == 0 ? short.MinValue : short.MaxValue), .. new short[5_000]];

        Assert.Equal(samples, new FlacFile(Flac(samples, out _)).Samples);
    }

    [Fact]
    public void Write_FlacOfMinutes_NumbersItsFrames()
    {
        var flac = new FlacFile(Flac(new short[4096 * 2_050], out _));

        Assert.Equal(Enumerable.Range(0, 2_050), flac.FrameNumbers);
    }

    [Fact]
    public void Append_HalfASample_WaitsForItsOtherHalf()
    {
        var encoder = new FlacEncoder();
        var output = new ArrayBufferWriter<byte>();
        encoder.Begin(24_000, null, output);
        foreach (var piece in new byte[][] { [1], [], [2, 3, 4, 5], [6] })
        {
            encoder.Append(piece, output);
        }

        encoder.End(output);

        Assert.Equal([0x0201, 0x0403, 0x0605], new FlacFile(output.WrittenSpan.ToArray()).Samples);
    }

    [Theory]
    [InlineData("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"I cannot speak\"}]},\"finishReason\":\"STOP\"}]}", false, null)]
    [InlineData("{\"candidates\":[{\"finishReason\":\"OTHER\"}]}", false, null)]
    [InlineData("{}", false, null)]
    [InlineData("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}", true, "The answer was withheld (SAFETY).")]
    [InlineData("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}", true, "The prompt was blocked (PROHIBITED_CONTENT).")]
    public void IsDefinitive_AnswersWithoutSpeech_OnlyWhenRefused(string json, bool definitive, string? refusal)
    {
        var answer = Answers.Read(json);

        Assert.Equal((definitive, refusal), (SpeechAnswer.IsDefinitive(answer), SpeechAnswer.RefusalOf(answer)));
    }

    [Fact]
    public void IsDefinitive_SpeechCutByALimit_IsSpeech()
    {
        var answer = Answers.Read(Answers.Event(Part(Raw, [1, 2]), "SAFETY"));

        Assert.True(SpeechAnswer.IsDefinitive(answer));
        Assert.Null(SpeechAnswer.RefusalOf(answer));
    }

    private static string Part(string type, byte[] bytes) => Part(type, Convert.ToBase64String(bytes));

    private static string Part(string type, string base64) => $$$"""{"inlineData":{"mimeType":"{{{type}}}","data":"{{{base64}}}"}}""";

    private static GenerateContentResponse Answer(params string[] parts) => Answers.Read(Answers.Event(string.Join(',', parts), "STOP"));

    private static byte[] Write(GenerateContentResponse answer, SpeechFormat format)
    {
        var output = new ArrayBufferWriter<byte>();
        SpeechAnswer.Write(answer, format, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Flac(short[] samples, out int size)
    {
        var encoder = new FlacEncoder();
        var output = new ArrayBufferWriter<byte>();
        encoder.Begin(24_000, samples.Length * 2, output);
        encoder.Append(MemoryMarshal.AsBytes(samples.AsSpan()), output);
        encoder.End(output);
        size = output.WrittenCount;
        return output.WrittenSpan.ToArray();
    }
}
