namespace GeminiBalance.Protocol.Gemini;

public sealed class GeminiModelPage
{
    public List<GeminiModel?>? Models { get; set; }

    /// <summary>Null or empty on the last page.</summary>
    public string? NextPageToken { get; set; }
}
