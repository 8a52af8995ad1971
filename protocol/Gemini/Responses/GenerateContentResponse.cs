namespace GeminiBalance.Protocol.Gemini;

/// <summary>A whole answer of <c>generateContent</c>, or one event of <c>streamGenerateContent</c>, whose parts are then deltas.</summary>
/// <remarks>Only what is translated or accounted for is read. Any member may be missing. Setters, not init: source-generated reading is faster with them.</remarks>
public sealed class GenerateContentResponse
{
    public List<Candidate?>? Candidates { get; set; }

    public PromptFeedback? PromptFeedback { get; set; }

    public UsageMetadata? UsageMetadata { get; set; }

    /// <summary>The model that answered, such as <c>gemini-2.5-flash-preview-05-20</c>.</summary>
    public string? ModelVersion { get; set; }

    public string? ResponseId { get; set; }
}
