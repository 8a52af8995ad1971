namespace GeminiBalance.Protocol.Gemini;

/// <summary>Code the model wrote and Google ran.</summary>
public sealed class ExecutableCode
{
    /// <summary>Such as <c>PYTHON</c>.</summary>
    public string? Language { get; set; }

    public Utf8Text Code { get; set; }
}
