namespace GeminiBalance.Protocol.Gemini;

/// <summary>One part of an answer: exactly one of the data members is set, or none of them for a kind that is not known here.</summary>
public sealed class ResponsePart
{
    public Utf8Text Text { get; set; }

    /// <summary>Whether the part is a thought, which a client sees apart from the answer.</summary>
    public bool? Thought { get; set; }

    /// <summary>Base64. Must go back in the very same part.</summary>
    public string? ThoughtSignature { get; set; }

    public ResponseFunctionCall? FunctionCall { get; set; }

    public ResponseBlob? InlineData { get; set; }

    public ResponseFile? FileData { get; set; }

    public ExecutableCode? ExecutableCode { get; set; }

    public CodeExecutionResult? CodeExecutionResult { get; set; }
}
