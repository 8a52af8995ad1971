namespace GeminiBalance.Protocol.OpenAI;

/// <summary>How spoken answers are packed. What needs an encoder that is not here (mp3, opus, aac) is not among them.</summary>
public enum SpeechFormat
{
    /// <summary>A WAV file of 16-bit samples.</summary>
    Wav = 1,

    /// <summary>The samples alone: 16-bit little-endian, one channel, 24 kHz.</summary>
    Pcm = 2,

    /// <summary>A FLAC file: the same samples, packed without loss.</summary>
    Flac = 3,
}
