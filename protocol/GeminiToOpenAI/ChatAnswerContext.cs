using System.Collections.Frozen;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>What the answer needs to know of the request. One per client request: a stream has one id and one time of creation.</summary>
public sealed record ChatAnswerContext
{
    /// <summary>The answer's id without prefix; also the seed of the ids of its tool calls.</summary>
    public required string AnswerId { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    /// <summary>The model in the client's own spelling.</summary>
    public required string RequestedModel { get; init; }

    /// <summary>Whether a stream ends with a chunk of usage (<c>stream_options.include_usage</c>).</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Whether the client asked with the old <c>functions</c> form and expects <c>function_call</c>.</summary>
    public bool UsesLegacyFunctions { get; init; }

    /// <summary>False when the client sent <c>parallel_tool_calls: false</c>: only the first call of an answer is passed on.</summary>
    public bool AllowsParallelToolCalls { get; init; } = true;

    /// <summary>The client's tool names by the names sent upstream, where they differ.</summary>
    public IReadOnlyDictionary<string, string> ToolNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The client's names of tools that take free text: calls of them are answered as <c>type: custom</c>.</summary>
    public IReadOnlySet<string> CustomTools { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The index of the first choice, when one request with <c>n</c> became several upstream calls.</summary>
    public int FirstChoice { get; init; }

    /// <summary>Whether pictures come as Markdown in the content instead of <c>message.images</c>.</summary>
    public bool ImagesAsMarkdown { get; init; } = true;

    /// <summary>Whether the content ends with a list of links to the sources of a grounded answer.</summary>
    public bool ShowsSources { get; init; }

    /// <summary>The client's <c>audio.format</c>. Raw samples get a WAV header unless it is <c>pcm16</c>: no other format can be made here.</summary>
    public string? AudioFormat { get; init; }

    public required IThoughtSignatures Signatures { get; init; }
}
