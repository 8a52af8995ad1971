namespace GeminiBalance.Protocol.Gemini;

public sealed class GroundingSource
{
    /// <summary>For web sources a redirect of Google's.</summary>
    public string? Uri { get; set; }

    public string? Title { get; set; }
}
