namespace GeminiBalance.FakeGemini;

/// <summary>What one event of a stream adds.</summary>
internal sealed record AnswerEvent(IReadOnlyList<AnswerPart> Parts)
{
    public string? FinishReason { get; init; }

    public string? FinishMessage { get; init; }

    /// <summary>The text that grounding metadata of this event speaks of; null for none.</summary>
    public string? GroundedText { get; init; }

    /// <summary>The candidate has no <c>content</c> member at all.</summary>
    public bool IsBare { get; init; }
}
