namespace GeminiBalance.Protocol.Gemini;

public sealed class TopCandidates
{
    public List<LogprobsCandidate?>? Candidates { get; set; }
}
