namespace GeminiBalance.Protocol.Gemini;

public sealed class LogprobsCandidate
{
    public Utf8Text Token { get; set; }

    /// <summary>Natural logarithm; absent means 0, that is certain.</summary>
    public double? LogProbability { get; set; }
}
