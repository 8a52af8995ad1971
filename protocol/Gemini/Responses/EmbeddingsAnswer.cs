namespace GeminiBalance.Protocol.Gemini;

/// <summary>The answer of <c>batchEmbedContents</c>, or of <c>embedContent</c>.</summary>
public sealed class EmbeddingsAnswer
{
    public List<EmbeddingValues?>? Embeddings { get; set; }

    /// <summary>Set by <c>embedContent</c> instead of <see cref="Embeddings"/>.</summary>
    public EmbeddingValues? Embedding { get; set; }

    /// <summary>Absent for gemini-embedding-001.</summary>
    public UsageMetadata? UsageMetadata { get; set; }

    /// <summary>Input tokens; in the answers of batches instead of <see cref="UsageMetadata"/>.</summary>
    public long? TokenCount { get; set; }
}
