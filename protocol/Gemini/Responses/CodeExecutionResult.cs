namespace GeminiBalance.Protocol.Gemini;

public sealed class CodeExecutionResult
{
    /// <summary>Such as <c>OUTCOME_OK</c> or <c>OUTCOME_FAILED</c>.</summary>
    public string? Outcome { get; set; }

    public Utf8Text Output { get; set; }
}
