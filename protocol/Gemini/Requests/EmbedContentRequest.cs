namespace GeminiBalance.Protocol.Gemini;

public sealed class EmbedContentRequest
{
    /// <summary>With its prefix, such as <c>models/gemini-embedding-001</c>; the same as in the path.</summary>
    public required string Model { get; init; }

    public required GeminiContent Content { get; init; }

    /// <summary>Such as <c>RETRIEVAL_QUERY</c>.</summary>
    public string? TaskType { get; init; }

    public int? OutputDimensionality { get; init; }
}
