namespace GeminiBalance.Protocol.OpenAI;

/// <summary>How spoken answers are packed. Those from <see cref="Mp3"/> on need an encoder that is no part of this project.</summary>
public enum SpeechFormat
{
    /// <summary>A WAV file of 16-bit samples.</summary>
    Wav = 1,

    /// <summary>The samples alone: 16-bit little-endian, one channel, 24 kHz.</summary>
    Pcm = 2,

    /// <summary>A FLAC file: the same samples, packed without loss.</summary>
    Flac = 3,

    Mp3 = 4,

    /// <summary>Opus in an Ogg file.</summary>
    Opus = 5,

    /// <summary>AAC in an ADTS stream.</summary>
    Aac = 6,
}
