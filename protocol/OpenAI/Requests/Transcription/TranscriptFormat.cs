namespace GeminiBalance.Protocol.OpenAI;

/// <summary>How a transcript is answered.</summary>
public enum TranscriptFormat
{
    Json = 0,
    Text = 1,

    /// <summary>JSON with the times of segments.</summary>
    VerboseJson = 2,

    /// <summary>SubRip subtitles.</summary>
    Srt = 3,

    /// <summary>WebVTT subtitles.</summary>
    Vtt = 4,
}
