namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Members of a request for speech.</summary>
internal static class SpeechBodyReader
{
    public static SpeechRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        string? model = null, input = null, voice = null, instructions = null;
        var format = SpeechFormat.Wav;
        var speed = 1d;
        var streaming = SpeechStreaming.None;
        RawJson? google = null;
        while (reader.NextMember())
        {
            if (reader.Is("model"u8))
            {
                model = reader.Text();
            }
            else if (reader.Is("input"u8))
            {
                input = reader.Text();
            }
            else if (reader.Is("voice"u8))
            {
                voice = OutputOptionsReader.ReadVoice(ref reader);
            }
            else if (reader.Is("instructions"u8))
            {
                instructions = reader.Text();
            }
            else if (reader.Is("response_format"u8))
            {
                format = ReadFormat(ref reader);
            }
            else if (reader.Is("speed"u8))
            {
                speed = ReadSpeed(ref reader);
            }
            else if (reader.Is("stream_format"u8))
            {
                streaming = ReadStreaming(ref reader);
            }
            else if (reader.Is("google"u8))
            {
                google = reader.RawObject() ?? google;
            }
            else if (reader.Is("extra_body"u8))
            {
                google = ExtraBodyReader.ReadGoogle(ref reader) ?? google;
            }
            else
            {
                reader.Skip();
            }
        }

        return new SpeechRequest
        {
            Model = string.IsNullOrWhiteSpace(model) ? null : model,
            Input = string.IsNullOrWhiteSpace(input) ? throw new WireFormatException("must be the text to speak.", "input", start) : input,
            Voice = string.IsNullOrWhiteSpace(voice) ? null : voice.Trim(),
            Instructions = string.IsNullOrWhiteSpace(instructions) ? null : instructions.Trim(),
            Format = format,
            Speed = speed,
            Streaming = streaming,
            Google = google,
        };
    }

    private static SpeechFormat ReadFormat(ref WireReader reader) => reader.Text()?.ToLowerInvariant() switch
    {
        null or "" or "wav" => SpeechFormat.Wav,
        "pcm" => SpeechFormat.Pcm,
        "flac" => SpeechFormat.Flac,
        "mp3" => SpeechFormat.Mp3,
        "opus" => SpeechFormat.Opus,
        "aac" => SpeechFormat.Aac,
        _ => throw new WireFormatException("must be wav, pcm, flac, mp3, opus or aac."),
    };

    private static double ReadSpeed(ref WireReader reader) => reader.Number() switch
    {
        null => 1,
        { } value when value is >= SpeechRequest.SpeedMin and <= SpeechRequest.SpeedMax => value,
        _ => throw new WireFormatException("must be 0.25 to 4."),
    };

    private static SpeechStreaming ReadStreaming(ref WireReader reader) => reader.Text() switch
    {
        null or "" => SpeechStreaming.None,
        "audio" => SpeechStreaming.Audio,
        "sse" => SpeechStreaming.Events,
        _ => throw new WireFormatException("must be audio or sse."),
    };
}
