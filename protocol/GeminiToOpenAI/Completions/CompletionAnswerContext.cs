namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What an answer of the old API needs to know of the request.</summary>
public sealed record CompletionAnswerContext
{
    /// <summary>The answer's id without prefix.</summary>
    public required string AnswerId { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    /// <summary>The model in the client's own spelling.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>Whether a stream ends with a chunk of usage.</summary>
    public bool IncludeUsage { get; init; }
}
