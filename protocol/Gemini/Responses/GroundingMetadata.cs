namespace GeminiBalance.Protocol.Gemini;

/// <summary>Where the answer comes from. In a stream it speaks of the text of the whole stream.</summary>
public sealed class GroundingMetadata
{
    public List<GroundingChunk?>? GroundingChunks { get; set; }

    public List<GroundingSupport?>? GroundingSupports { get; set; }

    /// <summary>What was searched for.</summary>
    public List<string?>? WebSearchQueries { get; set; }
}
