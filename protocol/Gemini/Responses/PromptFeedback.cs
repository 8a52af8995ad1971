namespace GeminiBalance.Protocol.Gemini;

public sealed class PromptFeedback
{
    /// <summary>Such as <c>SAFETY</c> or <c>PROHIBITED_CONTENT</c>; null when the prompt passed.</summary>
    public string? BlockReason { get; set; }

    public string? BlockReasonMessage { get; set; }
}
