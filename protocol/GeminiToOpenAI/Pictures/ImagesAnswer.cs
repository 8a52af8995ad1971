using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>The whole answer to a request for pictures.</summary>
public sealed record ImagesAnswer
{
    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<AnsweredImage> Images { get; init; }

    /// <summary>Tokens of all calls; null when the upstream counts none, as for Imagen.</summary>
    public UsageMetadata? Usage { get; init; }
}
