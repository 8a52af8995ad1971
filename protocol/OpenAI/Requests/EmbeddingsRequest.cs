namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>embeddings</c> body.</summary>
public sealed class EmbeddingsRequest
{
    /// <summary>In the client's own spelling; null when it names none.</summary>
    public string? Model { get; init; }

    /// <summary>At least one, none empty.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    public int? Dimensions { get; init; }

    /// <summary>Whether vectors are answered as base64 of little-endian floats instead of numbers.</summary>
    public bool Base64 { get; init; }

    /// <summary>Gemini's task type, such as <c>RETRIEVAL_QUERY</c>; from <c>task_type</c> or <c>input_type</c>, both extensions.</summary>
    public string? TaskType { get; init; }
}
