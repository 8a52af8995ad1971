namespace GeminiBalance.Protocol.Anthropic;

/// <summary>A content block as it came, whatever its type: its members may come before the type that gives them their meaning.</summary>
internal sealed class AnthropicBlock
{
    /// <summary>Byte at which it starts.</summary>
    public required long Position { get; init; }

    public string? Type { get; set; }

    public string? Text { get; set; }

    /// <summary><c>title</c> of a document or of a search result.</summary>
    public string? Title { get; set; }

    /// <summary><c>context</c> of a document.</summary>
    public string? Context { get; set; }

    /// <summary>Of a picture or document; of a search result only <see cref="AnthropicSource.Url"/>.</summary>
    public AnthropicSource? Source { get; set; }

    /// <summary>Of a tool's use.</summary>
    public string? Id { get; set; }

    /// <summary>Of a tool's use, or <c>tool_name</c> of a reference.</summary>
    public string? Name { get; set; }

    public RawJson? Input { get; set; }

    public string? ToolUseId { get; set; }

    public bool IsError { get; set; }

    /// <summary><c>content</c> when it is text.</summary>
    public string? ContentText { get; set; }

    /// <summary><c>content</c> when it is a list.</summary>
    public List<AnthropicBlock>? Content { get; set; }

    /// <summary><c>signature</c> of thinking, or <c>data</c> of redacted thinking.</summary>
    public string? Signature { get; set; }
}
