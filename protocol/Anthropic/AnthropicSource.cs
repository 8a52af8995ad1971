namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Where a picture or document is.</summary>
internal sealed class AnthropicSource
{
    public string? Type { get; set; }

    public string? MediaType { get; set; }

    /// <summary>Base64, or the text of a plain document.</summary>
    public string? Data { get; set; }

    public string? Url { get; set; }

    public string? FileId { get; set; }

    public string? ContentText { get; set; }

    public List<AnthropicBlock>? Content { get; set; }
}
