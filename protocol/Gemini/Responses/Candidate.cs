namespace GeminiBalance.Protocol.Gemini;

public sealed class Candidate
{
    public ResponseContent? Content { get; set; }

    public CandidateFinish? FinishReason { get; set; }

    public string? FinishMessage { get; set; }

    /// <summary>Absent means 0.</summary>
    public int? Index { get; set; }

    public CitationMetadata? CitationMetadata { get; set; }

    public GroundingMetadata? GroundingMetadata { get; set; }

    public LogprobsResult? LogprobsResult { get; set; }
}
