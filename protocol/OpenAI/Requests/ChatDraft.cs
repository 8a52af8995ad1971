namespace GeminiBalance.Protocol.OpenAI;

/// <summary>What has been read so far; members come in any order and some only together make sense.</summary>
internal sealed class ChatDraft
{
    public string? Model { get; set; }

    public List<ChatMessage>? Messages { get; set; }

    public bool Stream { get; set; }

    public StreamOptions? StreamOptions { get; set; }

    public int? MaxCompletionTokens { get; set; }

    public int? MaxTokens { get; set; }

    public double? Temperature { get; set; }

    public double? TopP { get; set; }

    public int? TopK { get; set; }

    public int N { get; set; } = 1;

    public List<string>? Stop { get; set; }

    public double? Seed { get; set; }

    public double? PresencePenalty { get; set; }

    public double? FrequencyPenalty { get; set; }

    public bool Logprobs { get; set; }

    public int? TopLogprobs { get; set; }

    public ResponseFormat? ResponseFormat { get; set; }

    public List<ChatTool>? Tools { get; set; }

    public ToolChoice? ToolChoice { get; set; }

    public bool ParallelToolCalls { get; set; } = true;

    public List<ChatTool>? Functions { get; set; }

    public ToolChoice? FunctionCall { get; set; }

    public ReasoningDraft Reasoning { get; } = new();

    public List<string>? Modalities { get; set; }

    public AudioOptions? Audio { get; set; }

    public ImageOptions? ImageConfig { get; set; }

    public string? ServiceTier { get; set; }

    public bool WebSearch { get; set; }

    public RawJson? Google { get; set; }

    public ChatCompletionRequest Finish() => new()
    {
        Model = Model!,
        Messages = Messages!,
        Stream = Stream,
        StreamOptions = StreamOptions,
        MaxCompletionTokens = MaxCompletionTokens,
        MaxTokens = MaxTokens,
        Temperature = Temperature,
        TopP = TopP,
        TopK = TopK,
        N = N,
        Stop = Stop ?? [],
        Seed = Seed,
        PresencePenalty = PresencePenalty,
        FrequencyPenalty = FrequencyPenalty,
        Logprobs = Logprobs,
        TopLogprobs = TopLogprobs,
        ResponseFormat = ResponseFormat,
        Tools = [.. Tools ?? [], .. Functions ?? []],
        ToolChoice = ToolChoice ?? FunctionCall,
        ParallelToolCalls = ParallelToolCalls,
        UsesLegacyFunctions = Functions is { Count: > 0 } && Tools is not { Count: > 0 },
        Reasoning = Reasoning.Finish(),
        Modalities = Modalities ?? [],
        Audio = Audio,
        ImageConfig = ImageConfig,
        ServiceTier = ServiceTier,
        WebSearch = WebSearch,
        Google = Google,
    };
}
