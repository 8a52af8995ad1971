namespace GeminiBalance.Protocol.Gemini;

/// <summary>A stretch of the answer that was quoted. Offsets count UTF-8 bytes; an absent start is 0.</summary>
public sealed class Citation
{
    public int? StartIndex { get; set; }

    public int? EndIndex { get; set; }

    public string? Uri { get; set; }

    public string? Title { get; set; }
}
