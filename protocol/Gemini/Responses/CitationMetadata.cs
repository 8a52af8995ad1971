namespace GeminiBalance.Protocol.Gemini;

public sealed class CitationMetadata
{
    public List<Citation?>? CitationSources { get; set; }

    /// <summary>The same under the name some models use.</summary>
    public List<Citation?>? Citations { get; set; }
}
