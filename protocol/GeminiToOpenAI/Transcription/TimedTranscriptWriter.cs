using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Transcripts with times in the forms that OpenAI's clients ask for. Pure.</summary>
public static class TimedTranscriptWriter
{
    private const string EnglishOnly = "english";

    /// <param name="transcript">What was said, and when.</param>
    /// <param name="request">Which form, and whether it was translated.</param>
    /// <param name="output">Gets the body.</param>
    public static void Write(TimedTranscript transcript, TranscriptionRequest request, IBufferWriter<byte> output)
    {
        if (request.Format is TranscriptFormat.VerboseJson)
        {
            WriteJson(transcript, request, output);
            return;
        }

        var isVtt = request.Format is TranscriptFormat.Vtt;
        var text = new StringBuilder(isVtt ? "WEBVTT\n\n" : "");
        for (var i = 0; i < transcript.Segments.Count; i++)
        {
            var segment = transcript.Segments[i];
            if (!isVtt)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Time(segment.Start, isVtt)} --> {Time(segment.End, isVtt)}\n{(isVtt ? OfCue(segment.Text) : OfSubtitle(segment.Text))}\n\n");
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Time(double seconds, bool isVtt)
    {
        var time = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{(isVtt ? '.' : ',')}{time.Milliseconds:000}");
    }

    // https://www.w3.org/TR/webvtt1/#webvtt-cue-text-span
    private static string OfCue(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string OfSubtitle(string text) => text.Replace("-->", "->", StringComparison.Ordinal);

    private static void WriteJson(TimedTranscript transcript, TranscriptionRequest request, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        writer.WriteString("task"u8, request.Translates ? "translate"u8 : "transcribe"u8);
        writer.WriteString("language"u8, request.Translates ? EnglishOnly : transcript.Language);
        writer.WriteNumber("duration"u8, Math.Round(transcript.Seconds, 2));
        writer.WriteString("text"u8, transcript.Text);
        writer.WriteStartArray("segments"u8);
        for (var i = 0; i < transcript.Segments.Count; i++)
        {
            WriteSegment(writer, i, transcript.Segments[i], request.Temperature ?? 0);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("usage"u8);
        writer.WriteString("type"u8, "duration"u8);
        writer.WriteNumber("seconds"u8, (long)Math.Ceiling(transcript.Seconds));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Clients of OpenAI's API require all members; those of its own decoder are those of a segment with nothing against it.
    private static void WriteSegment(Utf8JsonWriter writer, int index, TimedSegment segment, double temperature)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, index);
        writer.WriteNumber("seek"u8, 0);
        writer.WriteNumber("start"u8, segment.Start);
        writer.WriteNumber("end"u8, segment.End);
        writer.WriteString("text"u8, segment.Text);
        writer.WriteStartArray("tokens"u8);
        writer.WriteEndArray();
        writer.WriteNumber("temperature"u8, temperature);
        writer.WriteNumber("avg_logprob"u8, 0);
        writer.WriteNumber("compression_ratio"u8, 1);
        writer.WriteNumber("no_speech_prob"u8, 0);
        writer.WriteEndObject();
    }
}
