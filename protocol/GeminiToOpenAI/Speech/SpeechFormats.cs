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
        _ => "audio/wav",
    };

    internal static ISpeechEncoder NewEncoder(SpeechFormat format) => format switch
    {
        SpeechFormat.Pcm => new PcmEncoder(withHeader: false),
        SpeechFormat.Flac => new FlacEncoder(),
        _ => new PcmEncoder(withHeader: true),
    };
}
