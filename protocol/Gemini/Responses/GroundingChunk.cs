namespace GeminiBalance.Protocol.Gemini;

/// <summary>One source; exactly one member is set, none for kinds that are not known here.</summary>
public sealed class GroundingChunk
{
    public GroundingSource? Web { get; set; }

    public GroundingSource? RetrievedContext { get; set; }

    public GroundingSource? Maps { get; set; }

    public GroundingSource? Any => Web ?? RetrievedContext ?? Maps;
}
