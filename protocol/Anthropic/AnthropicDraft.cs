using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>What has been read so far; members come in any order and some only together make sense.</summary>
internal sealed class AnthropicDraft
{
    // The least that Anthropic's own models take as a budget, which must be below max_tokens: no model of theirs thinks within so few tokens.
    private const int ThinkingTokensMin = 1_024;

    public string? Model { get; set; }

    public List<ChatMessage> System { get; } = [];

    public List<List<ChatMessage>>? Messages { get; set; }

    public int? MaxTokens { get; set; }

    public bool Stream { get; set; }

    public double? Temperature { get; set; }

    public double? TopP { get; set; }

    public int? TopK { get; set; }

    public List<string>? Stop { get; set; }

    public List<ChatTool?>? Tools { get; set; }

    public ToolChoice? ToolChoice { get; set; }

    public bool ParallelToolCalls { get; set; } = true;

    /// <summary><c>thinking.type</c></summary>
    public string? Thinking { get; set; }

    /// <summary><c>thinking.budget_tokens</c></summary>
    public int? ThinkingTokens { get; set; }

    /// <summary><c>thinking.display</c> is <c>omitted</c>: thinking blocks come without their text.</summary>
    public bool OmitsThoughts { get; set; }

    /// <summary><c>output_config.effort</c></summary>
    public string? Effort { get; set; }

    public ResponseFormat? Format { get; set; }

    public AnthropicRequest Finish()
    {
        var thinks = Thinking is not (null or "disabled");
        var tools = Tools?.OfType<ChatTool>().ToList() ?? [];
        var chat = new ChatCompletionRequest
        {
            Model = Model!,
            Messages = [.. System, .. Messages!.SelectMany(messages => messages)],
            Stream = Stream,
            StreamOptions = null,
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            TopP = TopP,
            TopK = TopK,
            Stop = Stop ?? [],
            Tools = tools,
            ToolChoice = ChoiceAmong(tools),
            ParallelToolCalls = ParallelToolCalls,
            Reasoning = new ReasoningOptions(EffortOf(thinks), thinks ? ThinkingTokens : null, HideThoughts: !thinks || OmitsThoughts),
            ResponseFormat = Format,
        };
        int[] origins = [.. System.Select(_ => -1), .. Messages!.SelectMany((messages, number) => messages.Select(_ => number))];
        return new AnthropicRequest(chat, thinks, origins);
    }

    // What an upstream tool does cannot be forced, and there is nothing else to choose where it stands alone.
    private ToolChoice? ChoiceAmong(List<ChatTool> tools) =>
        ToolChoice?.Names is [var name] && tools.Exists(tool => tool.Kind is ChatToolKind.BuiltIn && tool.Name == name) ? null : ToolChoice;

    private string? EffortOf(bool thinks)
    {
        if (thinks)
        {
            return ThinkingTokens is null ? Effort : null;
        }

        return Thinking is "disabled" || (Effort is null && MaxTokens <= ThinkingTokensMin) ? "none" : Effort;
    }
}
