using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Tests.Responses;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class TranscriptTests
{
    private const string Usage =
        ",\"usageMetadata\":{\"promptTokenCount\":37,\"candidatesTokenCount\":2,\"totalTokenCount\":39,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":5},{\"modality\":\"AUDIO\",\"tokenCount\":32}]}}";

    [Theory]
    [InlineData(" Good day. \\n", "Good day.")]
    [InlineData("[no speech]", "")]
    [InlineData("[no speech] he says", "[no speech] he says")]
    public void Write_Json_HasTheTextAndWhatWasHeard(string answer, string text) => Assert.Equal(
        $$$"""{"text":"{{{text}}}","usage":{"type":"tokens","input_tokens":37,"input_token_details":{"text_tokens":5,"audio_tokens":32},"output_tokens":2,"total_tokens":39}}""",
        Write(Event(answer, "STOP") , asText: false));

    [Fact]
    public void Write_Text_IsTheTextAndALineEnd() => Assert.Equal("Zażółć 東京\n", Write(Event("Zażółć 東京", "STOP"), asText: true));

    [Theory]
    [InlineData("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}", "The prompt was blocked (SAFETY).")]
    [InlineData("{\"candidates\":[{\"finishReason\":\"RECITATION\"}]}", "The answer was withheld (RECITATION).")]
    [InlineData("{\"candidates\":[{\"finishReason\":\"STOP\"}]}", null)]
    public void RefusalOf_AnswersWithoutText_SaysWhy(string json, string? refusal) => Assert.Equal(refusal, TranscriptAnswer.RefusalOf(Answers.Read(json)));

    [Fact]
    public void Stream_Pieces_AreDeltasAndTheWholeAtTheEnd()
    {
        var (events, completed, _) = Stream(Event(" Good"), Event(" day", "STOP"));

        Assert.True(completed);
        Assert.Equal(
            [
                """{"type":"transcript.text.delta","delta":"Good"}""",
                """{"type":"transcript.text.delta","delta":" day"}""",
                """{"type":"transcript.text.done","text":"Good day","usage":{"type":"tokens","input_tokens":37,"input_token_details":{"text_tokens":5,"audio_tokens":32},"output_tokens":2,"total_tokens":39}}""",
                "[DONE]",
            ],
            events);
    }

    [Fact]
    public void Stream_Silence_IsNeverSentAsText()
    {
        var (events, completed, _) = Stream(Event("[no "), Event("speech]\\n", "STOP"));

        Assert.True(completed);
        Assert.Equal(2, events.Count);
        Assert.StartsWith("""{"type":"transcript.text.done","text":"",""", events[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Stream_WhatOnlyBeginsLikeSilence_IsSentWhole()
    {
        var (events, _, _) = Stream(Event("[no"), Event("isy] yes", "STOP"));

        Assert.Equal("""{"type":"transcript.text.delta","delta":"[noisy] yes"}""", events[0]);
    }

    [Fact]
    public void Stream_EndsWhileItMayStillBeSilence_IsSentAtTheEnd()
    {
        var (events, _, _) = Stream(Event("[no", "STOP"));

        Assert.Equal("""{"type":"transcript.text.delta","delta":"[no"}""", events[0]);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "The prompt was blocked (SAFETY).")]
    public void Stream_CutOrRefused_IsNotCompleted(bool refused, string? refusal)
    {
        var (events, completed, told) = Stream(refused ? "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}" : Event("Good"));

        Assert.False(completed);
        Assert.Equal(refusal, told);
        Assert.Equal(refused ? 0 : 1, events.Count);
    }

    private static string Event(string text, string? finish = null) => Answers.Event($$"""{"text":"{{text}}"}""", finish)[..^1] + Usage;

    private static string Write(string answer, bool asText)
    {
        var output = new ArrayBufferWriter<byte>();
        TranscriptAnswer.Write(Answers.Read(answer), asText, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static (List<string> Events, bool Completed, string? Refusal) Stream(params string[] events)
    {
        var translator = new TranscriptStreamTranslator();
        var output = new ArrayBufferWriter<byte>();
        foreach (var item in events)
        {
            translator.Translate(Answers.Read(item), output);
        }

        var completed = translator.Complete(output);
        var lines = Encoding.UTF8.GetString(output.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return ([.. lines.Select(line => line["data: ".Length..])], completed, translator.Refusal);
    }
}
