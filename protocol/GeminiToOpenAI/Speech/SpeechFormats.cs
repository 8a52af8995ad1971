using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What goes with a format.</summary>
public static class SpeechFormats
{
    /// <summary>The <c>Content-Type</c> of a file.</summary>
    public static string ContentTypeOf(SpeechFormat format) => format switch
    {
        SpeechFormat.Pcm => "audio/pcm",
        SpeechFormat.Flac => "audio/flac",
        SpeechFormat.Mp3 => "audio/mpeg",
        SpeechFormat.Opus => "audio/ogg",
        SpeechFormat.Aac => "audio/aac",
        _ => "audio/wav",
    };

    /// <summary>Whether it loses something of the sound, and so is made of a WAV file by somebody else.</summary>
    public static bool IsLossy(SpeechFormat format) => format is SpeechFormat.Mp3 or SpeechFormat.Opus or SpeechFormat.Aac;

    internal static ISpeechEncoder NewEncoder(SpeechFormat format) => format switch
    {
        SpeechFormat.Pcm => new PcmEncoder(withHeader: false),
        SpeechFormat.Flac => new FlacEncoder(),
        _ => new PcmEncoder(withHeader: true),
    };
}
