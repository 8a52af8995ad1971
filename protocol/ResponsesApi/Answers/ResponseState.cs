using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>How far a response is.</summary>
/// <param name="Status"><c>in_progress</c>, <c>completed</c>, <c>incomplete</c> or <c>failed</c>.</param>
/// <param name="IncompleteReason"><c>max_output_tokens</c> or <c>content_filter</c>.</param>
internal sealed record ResponseState(string Status, string? IncompleteReason = null)
{
    public static ResponseState InProgress { get; } = new("in_progress");

    /// <summary>Unix seconds; null while the response is not complete.</summary>
    public long? CompletedAt { get; init; }

    public OpenAIError? Error { get; init; }

    public IReadOnlyList<OutputItem> Output { get; init; } = [];

    public UsageMetadata? Usage { get; init; }

    public bool IsStored { get; init; }
}
