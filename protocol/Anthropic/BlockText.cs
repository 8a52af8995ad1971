using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Blocks that are, or can be told as, text.</summary>
internal static class BlockText
{
    /// <summary>The text of a text block.</summary>
    public static string Of(AnthropicBlock block) =>
        block.Type is "text" or null && block.Text is { } text ? text : throw new WireFormatException("must be a text block.", null, block.Position);

    public static string OfSearchResult(AnthropicBlock block) =>
        $"Search result: {block.Title} ({block.Source?.Url})\n{string.Join('\n', (block.Content ?? []).Select(Of))}";

    /// <summary>What stands before a document that has a title or a context; null for others.</summary>
    public static string? DocumentHead(AnthropicBlock block)
    {
        var title = string.IsNullOrEmpty(block.Title) ? "" : $"Document: {block.Title}\n";
        var context = string.IsNullOrEmpty(block.Context) ? "" : $"{block.Context}\n";
        return title.Length + context.Length == 0 ? null : title + context;
    }
}
