using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Entries of <c>messages</c>. One may become several: a result, a call or a text with its own signature is a message of its own.</summary>
internal static class AnthropicMessageReader
{
    public static List<ChatMessage> Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        string? role = null;
        List<AnthropicBlock>? blocks = null;
        while (reader.NextMember())
        {
            if (reader.Is("role"u8))
            {
                role = reader.Text();
            }
            else if (reader.Is("content"u8))
            {
                blocks = ReadBlocks(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (blocks is null)
        {
            WireReader.Fail("is required.", "content", start);
        }

        return role switch
        {
            "user" => User(blocks),
            "assistant" => Assistant(blocks),
            "system" => Reminder(blocks),
            _ => throw new WireFormatException("must be user, assistant or system.", "role", start),
        };
    }

    private static List<AnthropicBlock>? ReadBlocks(ref WireReader reader)
    {
        reader.Read();
        return reader.Token switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => [AnthropicBlockReader.Read(ref reader)],
            JsonTokenType.StartArray => reader.Items(AnthropicBlockReader.Read, RequestLimits.PartsPerMessageMax),
            _ => throw new WireFormatException("must be a string or an array of blocks."),
        };
    }

    private static List<ChatMessage> User(List<AnthropicBlock> blocks)
    {
        var messages = new List<ChatMessage>();
        var parts = new List<ContentPart>();
        foreach (var block in blocks)
        {
            if (block.Type is "tool_result")
            {
                messages.Add(Result(block));
            }
            else
            {
                AnthropicParts.Add(block, parts);
            }
        }

        if (parts.Count > 0 || messages.Count == 0)
        {
            messages.Add(new ChatMessage { Role = ChatRole.User, Content = new MessageContent(null, parts) });
        }

        return messages;
    }

    private static ChatMessage Result(AnthropicBlock block)
    {
        var parts = AnthropicParts.Of(block.Content ?? []);
        var isText = parts.TrueForAll(part => part is TextPart);
        return new ChatMessage
        {
            Role = ChatRole.Tool,
            ToolCallId = block.ToolUseId ?? throw new WireFormatException("is required.", "tool_use_id", block.Position),
            IsError = block.IsError,
            Content = isText
                ? new MessageContent(block.ContentText ?? string.Join('\n', parts.Cast<TextPart>().Select(part => part.Text)), null)
                : new MessageContent(null, parts),
        };
    }

    // Claude Code sends them late in a conversation. Where they stand they neither spoil the upstream's cache nor lose their reference.
    private static List<ChatMessage> Reminder(List<AnthropicBlock> blocks)
    {
        // A deferred tool is offered from the start here, so there is nothing to add.
        var texts = blocks.Where(block => block.Type is not "tool_addition").Select(BlockText.Of).ToList();
        return texts.Count == 0 && blocks.Count > 0 ? []
            : [new ChatMessage { Role = ChatRole.User, Content = new MessageContent($"<system-reminder>\n{string.Join('\n', texts)}\n</system-reminder>", null) }];
    }

    // Blocks of server tools, and those of other models, are not replayed: the text after them says what came of it.
    private static List<ChatMessage> Assistant(List<AnthropicBlock> blocks)
    {
        var messages = new List<ChatMessage>();
        string? signature = null;
        foreach (var block in blocks)
        {
            switch (block.Type)
            {
                case "thinking" or "redacted_thinking":
                    signature = BlockSignature.Unwrap(block.Signature);
                    continue;
                case "tool_use":
                    messages.Add(Call(block, signature));
                    break;
                case "text" or null or "compaction" when (block.Text ?? block.ContentText) is { Length: > 0 } text:
                    messages.Add(new ChatMessage { Role = ChatRole.Assistant, Content = new MessageContent(text, null), ThoughtSignature = signature });
                    break;
                default:
                    break;
            }

            signature = null;
        }

        return messages;
    }

    private static ChatMessage Call(AnthropicBlock block, string? signature)
    {
        var name = block.Name is { Length: > 0 and <= RequestLimits.ToolNameCharsMax } given
            ? given
            : throw new WireFormatException($"must be a name of 1 to {RequestLimits.ToolNameCharsMax} characters.", "name", block.Position);
        var arguments = block.Input is { } input ? Encoding.UTF8.GetString(input.Utf8.Span) : "";
        return new ChatMessage { Role = ChatRole.Assistant, ToolCalls = [new ToolCall(block.Id ?? "", name, arguments, IsCustom: false, signature)] };
    }
}
