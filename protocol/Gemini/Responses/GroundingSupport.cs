namespace GeminiBalance.Protocol.Gemini;

public sealed class GroundingSupport
{
    public GroundingSegment? Segment { get; set; }

    public List<int>? GroundingChunkIndices { get; set; }
}
