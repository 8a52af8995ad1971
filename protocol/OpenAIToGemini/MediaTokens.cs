namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Tokens of inline media by their bytes. Google counts seconds, pages and tiles, which only a decoder knows.</summary>
/// <param name="Least">Tokens of the smallest.</param>
/// <param name="BytesPerToken">At a rather low bit rate, so that the estimate is rather high.</param>
internal readonly record struct MediaTokens(int Least, int BytesPerToken)
{
    /// <summary>One picture is 258 tokens per tile; five tiles cover what cameras send.</summary>
    public static MediaTokens Image { get; } = new(1_290, int.MaxValue);

    /// <summary>32 tokens a second of 16-bit samples at 16 kHz.</summary>
    public static MediaTokens RawAudio { get; } = new(32, 1_000);

    /// <summary>32 tokens a second of 4 KB.</summary>
    public static MediaTokens Audio { get; } = new(32, 125);

    /// <summary>About 300 tokens a second of 60 KB.</summary>
    public static MediaTokens Video { get; } = new(300, 200);

    /// <summary>258 tokens a page of 25 KB.</summary>
    public static MediaTokens Document { get; } = new(258, 100);

    public static MediaTokens Unknown { get; } = new(1, 4);

    public static MediaTokens Of(ReadOnlySpan<byte> mimeType)
    {
        if (mimeType.StartsWith("image/"u8))
        {
            return Image;
        }

        if (mimeType.StartsWith("audio/"u8))
        {
            return mimeType.StartsWith("audio/wav"u8) || mimeType.StartsWith("audio/l16"u8) || mimeType.StartsWith("audio/L16"u8)
                || mimeType.StartsWith("audio/pcm"u8) || mimeType.StartsWith("audio/aiff"u8) ? RawAudio : Audio;
        }

        if (mimeType.StartsWith("video/"u8))
        {
            return Video;
        }

        return mimeType.SequenceEqual("application/pdf"u8) ? Document : Unknown;
    }

    public long Estimate(long bytes) => Math.Max(Least, bytes / BytesPerToken);
}
