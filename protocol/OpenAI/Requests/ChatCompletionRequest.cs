namespace GeminiBalance.Protocol.OpenAI;

/// <summary>A client's <c>chat/completions</c> body. Unknown members are left out.</summary>
/// <remarks>Schemas and Google's own options are slices of the body: use the request only as long as its bytes are there.</remarks>
public sealed class ChatCompletionRequest
{
    /// <summary>In the client's own spelling.</summary>
    public required string Model { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public bool Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public int? TopK { get; init; }

    /// <summary>How many choices; 1 when absent.</summary>
    public int N { get; init; } = 1;

    public IReadOnlyList<string> Stop { get; init; } = [];

    public double? Seed { get; init; }

    public double? PresencePenalty { get; init; }

    public double? FrequencyPenalty { get; init; }

    public bool Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>The old <c>functions</c> are tools too.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Whether the client used the old <c>functions</c> and expects <c>function_call</c> in the answer.</summary>
    public bool UsesLegacyFunctions { get; init; }

    public ReasoningOptions? Reasoning { get; init; }

    /// <summary>Lower case, such as <c>text</c> and <c>audio</c>.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    public AudioOptions? Audio { get; init; }

    public ImageOptions? ImageConfig { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>Whether <c>web_search_options</c> is there.</summary>
    public bool WebSearch { get; init; }

    /// <summary><c>extra_body.google</c> or a top-level <c>google</c>: options in Gemini's own terms.</summary>
    public RawJson? Google { get; init; }
}
