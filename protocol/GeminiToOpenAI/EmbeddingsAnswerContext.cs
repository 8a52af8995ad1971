namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What the answer needs to know of a request for embeddings.</summary>
public sealed record EmbeddingsAnswerContext
{
    /// <summary>The model in the client's own spelling.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>The model that was asked, without <c>models/</c>: decides whether its vectors need scaling.</summary>
    public required string UpstreamModel { get; init; }

    /// <summary>Whether the client asked for <c>encoding_format: base64</c>.</summary>
    public bool AsBase64 { get; init; }

    /// <summary>Input tokens, used when the upstream reports none.</summary>
    public long EstimatedTokens { get; init; }
}
