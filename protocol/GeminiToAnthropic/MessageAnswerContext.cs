namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>What the answer needs to know of the request. One per client request.</summary>
public sealed record MessageAnswerContext
{
    /// <summary>The answer's id without prefix; also the seed of the ids of its tool uses.</summary>
    public required string AnswerId { get; init; }

    /// <summary>The model in the client's own spelling.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>Whether the client asked for thinking; without it, the answer has no thinking blocks.</summary>
    public bool WithThinking { get; init; }

    /// <summary>False when the client sent <c>disable_parallel_tool_use</c>: only the first call of an answer is passed on.</summary>
    public bool AllowsParallelToolCalls { get; init; } = true;

    /// <summary>The client's tool names by the names sent upstream, where they differ.</summary>
    public IReadOnlyDictionary<string, string> ToolNames { get; init; } = new Dictionary<string, string>();

    public required IThoughtSignatures Signatures { get; init; }
}
