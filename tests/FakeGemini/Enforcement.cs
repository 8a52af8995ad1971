namespace GeminiBalance.FakeGemini;

/// <summary>What happens to a request over a limit.</summary>
public enum Enforcement
{
    /// <summary>It is counted as a violation and gets the real 429.</summary>
    Refuse = 1,

    /// <summary>It is counted as a violation and answered all the same.</summary>
    CountOnly = 2,

    /// <summary>Windows are not even kept: for benchmarks.</summary>
    Off = 3,
}
