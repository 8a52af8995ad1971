namespace GeminiBalance.Protocol.Gemini;

public sealed class LogprobsResult
{
    public List<LogprobsCandidate?>? ChosenCandidates { get; set; }

    /// <summary>The best candidates of each step, in the order of <see cref="ChosenCandidates"/>.</summary>
    public List<TopCandidates?>? TopCandidates { get; set; }
}
