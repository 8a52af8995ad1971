namespace GeminiBalance.Protocol.Gemini;

/// <summary>Tokens used so far. In a stream every event carries the whole sum: keep the last, never add.</summary>
public sealed class UsageMetadata
{
    /// <summary>Includes the cached ones.</summary>
    public long? PromptTokenCount { get; set; }

    public long? CachedContentTokenCount { get; set; }

    /// <summary>Excludes thoughts.</summary>
    public long? CandidatesTokenCount { get; set; }

    public long? ThoughtsTokenCount { get; set; }

    /// <summary>What tool results added to the prompt; not part of <see cref="PromptTokenCount"/>.</summary>
    public long? ToolUsePromptTokenCount { get; set; }

    public long? TotalTokenCount { get; set; }

    public List<ModalityTokenCount?>? PromptTokensDetails { get; set; }

    public List<ModalityTokenCount?>? CandidatesTokensDetails { get; set; }
}
