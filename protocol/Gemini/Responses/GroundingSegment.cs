namespace GeminiBalance.Protocol.Gemini;

/// <summary>A stretch of the answer. Offsets count UTF-8 bytes from the start of a part; an absent start is 0.</summary>
public sealed class GroundingSegment
{
    public int? PartIndex { get; set; }

    public int? StartIndex { get; set; }

    public int? EndIndex { get; set; }

    /// <summary>The stretch itself.</summary>
    public Utf8Text Text { get; set; }
}
