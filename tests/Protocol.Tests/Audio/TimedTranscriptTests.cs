using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.Tests.Requests;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class TimedTranscriptTests
{
    [Theory]
    [InlineData("01:02.500", 62.5)]
    [InlineData("01:02", 62.0)]
    [InlineData("1:01:02.5", 3662.5)]
    [InlineData("00:12:345", 12.345)]
    [InlineData("75:03.1", 4503.1)]
    [InlineData("01:02,5", 62.5)]
    [InlineData("7.25", 7.25)]
    [InlineData("7s", 7.0)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData("00:75", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("NaN", null)]
    [InlineData("99:00:00", null)]
    public void Times_AreReadAsModelsWriteThem(string text, double? seconds) => Assert.Equal(seconds, Start($$"""{"start":"{{text}}","end":"99:00","text":"x"}"""));

    [Fact]
    public void Times_MayBeNumbers() => Assert.Equal(1.5, Start("""{"start":1.5,"end":2,"text":"x"}"""));

    [Theory]
    [InlineData("0-2 2-4", "0-2 2-4")]
    [InlineData("0-3 2-4", "0-2 2-4")] // Overlap: the next begins when it says.
    [InlineData("0-0 2-4", "0-1 2-4")] // An end that is none: as long as a short word.
    [InlineData("1-2 1-3 1-4", "1-2 2-3 3-4")] // The same beginning.
    [InlineData("0-2 4-1 5-6", "0-2 4-5 5-6")]
    [InlineData("3-4 2.5-5", "3-4 4-5")] // A little back.
    [InlineData("8-12", "8-10")] // Beyond the end of the recording.
    [InlineData("11-12", "11-11.1")]
    [InlineData("5-6 1-2", null)]
    [InlineData("0-1 13-14", null)]
    [InlineData("0-1 x-2", null)]
    public void Times_FollowEachOther_OrAreNotBelieved(string told, string? expected)
    {
        var segments = told.Split(' ').Select(pair => pair.Split('-')).Select(pair => $$"""{"start":"{{pair[0]}}","end":"{{pair[1]}}","text":"word"}""");

        var transcript = Read($$"""{"segments":[{{string.Join(',', segments)}}]}""", 10);

        Assert.Equal(expected, transcript is null ? null : string.Join(' ', transcript.Segments.Select(segment => string.Create(CultureInfo.InvariantCulture, $"{segment.Start}-{segment.End}"))));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"segments":[{"start":"0","end":"1","te""")]
    [InlineData("""{"segments":[{"end":"1","text":"x"}]}""")]
    public void Answers_OfAnotherForm_AreNone(string text) => Assert.Null(Read(text));

    [Fact]
    public void Silence_HasNoSegments()
    {
        var transcript = Read("""{"language":" ","segments":[{"start":"0","end":"1","text":" "}]}""")!;

        Assert.Equal(("unknown", 0, ""), (transcript.Language, transcript.Segments.Count, transcript.Text));
        Assert.Equal("", Write(transcript, TranscriptFormat.Srt));
        Assert.Equal("WEBVTT\n\n", Write(transcript, TranscriptFormat.Vtt));
    }

    [Fact]
    public void Srt_NumbersItsSubtitles() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,500\nHe said -> A & B\nthen left\n\n2\n01:02:03,004 --> 01:02:05,000\n東京\n\n", Write(Sample, TranscriptFormat.Srt));

    [Fact]
    public void Vtt_EscapesItsCues() => Assert.Equal(
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHe said --&gt; A &amp; B\nthen left\n\n01:02:03.004 --> 01:02:05.000\n東京\n\n", Write(Sample, TranscriptFormat.Vtt));

    [Theory]
    [InlineData(false, "transcribe", "polish")]
    [InlineData(true, "translate", "english")]
    public void Verbose_HasAllMembersOfASegment(bool translates, string task, string language)
    {
        using var body = JsonDocument.Parse(Write(Sample with { Language = "polish" }, TranscriptFormat.VerboseJson, translates));

        var root = body.RootElement;
        Assert.Equal((task, language, 4000.25), (root.GetProperty("task").GetString(), root.GetProperty("language").GetString(), root.GetProperty("duration").GetDouble()));
        Assert.Equal("He said --> A & B\nthen left 東京", root.GetProperty("text").GetString());
        Canonical.Equal(
            """{"id":1,"seek":0,"start":3723.004,"end":3725,"text":"東京","tokens":[],"temperature":0.4,"avg_logprob":0,"compression_ratio":1,"no_speech_prob":0}""",
            System.Text.Json.Nodes.JsonNode.Parse(root.GetProperty("segments")[1].GetRawText())!);
        Assert.Equal("""{"type":"duration","seconds":4001}""", root.GetProperty("usage").GetRawText());
    }

    private static TimedTranscript Sample => Read(
        """{"language":"English","segments":[{"start":"00:00.000","end":"00:01.500","text":"He said --> A & B\n\n then left "},{"start":"1:02:03.004","end":"1:02:05","text":"東京"}]}""", 4000.251)!;

    private static double? Start(string segment) => Read($$"""{"segments":[{{segment}}]}""") is { Segments: [var only] } ? only.Start : null;

    private static TimedTranscript? Read(string text, double? length = null) =>
        TimedTranscript.Read(Answers.Read(Answers.Event($$"""{"text":{{JsonSerializer.Serialize(text)}}}""", "STOP")), length);

    private static string Write(TimedTranscript transcript, TranscriptFormat format, bool translates = false)
    {
        var output = new ArrayBufferWriter<byte>();
        TimedTranscriptWriter.Write(transcript, new TranscriptionRequest { Model = "m", Format = format, Translates = translates, Temperature = 0.4 }, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
