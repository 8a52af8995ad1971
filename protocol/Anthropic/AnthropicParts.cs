using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Blocks that a user or a tool's result may hold, to parts of a message.</summary>
internal static class AnthropicParts
{
    public static List<ContentPart> Of(IEnumerable<AnthropicBlock> blocks)
    {
        var parts = new List<ContentPart>();
        foreach (var block in blocks)
        {
            Add(block, parts);
        }

        return parts;
    }

    public static void Add(AnthropicBlock block, List<ContentPart> parts)
    {
        switch (block.Type)
        {
            case "text" or null:
                parts.Add(new TextPart(BlockText.Of(block)));
                break;
            case "image":
                parts.Add(Media(block, block.Source ?? throw Missing(block, "source"), isImage: true));
                break;
            case "document":
                AddDocument(block, block.Source ?? throw Missing(block, "source"), parts);
                break;
            case "search_result":
                parts.Add(new TextPart(BlockText.OfSearchResult(block)));
                break;
            case "tool_reference":
                // All tools are declared to the model from the start, deferred ones too.
                parts.Add(new TextPart($"Tool: {block.Name}"));
                break;
            case "thinking" or "redacted_thinking":
                break;
            default:
                throw new WireFormatException(
                    $"'{block.Type}' is not available here; use text, image, document, search_result or tool_result.", "type", block.Position);
        }
    }

    private static void AddDocument(AnthropicBlock block, AnthropicSource source, List<ContentPart> parts)
    {
        if (BlockText.DocumentHead(block) is { } head)
        {
            parts.Add(new TextPart(head));
        }

        switch (source.Type)
        {
            case "text":
                parts.Add(new TextPart(source.Data ?? throw Missing(block, "source.data")));
                break;
            case "content" when source.ContentText is { } text:
                parts.Add(new TextPart(text));
                break;
            case "content":
                parts.AddRange(Of(source.Content ?? throw Missing(block, "source.content")));
                break;
            default:
                parts.Add(Media(block, source, isImage: false));
                break;
        }
    }

    private static ContentPart Media(AnthropicBlock block, AnthropicSource source, bool isImage)
    {
        switch (source.Type)
        {
            case "base64":
                var type = source.MediaType ?? (isImage ? "" : "application/pdf");
                var uri = string.Create(CultureInfo.InvariantCulture, $"data:{type};base64,{source.Data ?? throw Missing(block, "source.data")}");
                return isImage ? new ImagePart(uri, null) : new FilePart(uri, block.Title, null, null);
            case "url":
                var url = source.Url ?? throw Missing(block, "source.url");
                return isImage ? new ImagePart(url, null) : new FilePart(null, block.Title, null, url);
            case "file":
                return new FilePart(null, null, source.FileId ?? throw Missing(block, "source.file_id"), null);
            default:
                throw new WireFormatException($"must be base64, url{(isImage ? "" : ", text, content")} or file.", "source.type", block.Position);
        }
    }

    private static WireFormatException Missing(AnthropicBlock block, string member) => new("is required.", member, block.Position);
}
