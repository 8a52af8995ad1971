using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Entries of <c>messages</c>.</summary>
internal static class MessageReader
{
    public static ChatMessage Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        var fields = new MessageFields();
        while (reader.NextMember())
        {
            ReadMember(ref reader, fields);
        }

        if (fields.FunctionCall is { } call)
        {
            fields.ToolCalls = [.. fields.ToolCalls ?? [], call];
        }

        return new ChatMessage
        {
            Role = fields.Role ?? throw new WireFormatException("is required.", "role", start),
            Content = fields.Content,
            Name = fields.Name,
            Refusal = fields.Refusal,
            ToolCalls = fields.ToolCalls ?? [],
            ToolCallId = fields.ToolCallId,
            Images = fields.Images ?? [],
            ThoughtSignature = fields.ThoughtSignature,
        };
    }

    private static void ReadMember(ref WireReader reader, MessageFields fields)
    {
        if (reader.Is("role"u8))
        {
            fields.Role = ReadRole(ref reader);
        }
        else if (reader.Is("content"u8))
        {
            fields.Content = ReadContent(ref reader);
        }
        else if (reader.Is("name"u8))
        {
            fields.Name = reader.Text();
        }
        else if (reader.Is("tool_calls"u8))
        {
            fields.ToolCalls = reader.List(ToolCallReader.Read, RequestLimits.ToolCallsPerMessageMax);
        }
        else if (reader.Is("tool_call_id"u8))
        {
            fields.ToolCallId = reader.Text();
        }
        else if (reader.Is("function_call"u8))
        {
            fields.FunctionCall = reader.EnterObject() ? ToolCallReader.ReadLegacy(ref reader) : null;
        }
        else if (reader.Is("refusal"u8))
        {
            fields.Refusal = reader.Text();
        }
        else if (reader.Is("images"u8))
        {
            fields.Images = reader.List(ContentPartReader.Read, RequestLimits.PartsPerMessageMax);
        }
        else
        {
            fields.ThoughtSignature = SignatureReader.Read(ref reader) ?? fields.ThoughtSignature;
        }
    }

    public static ChatRole ReadRole(ref WireReader reader)
    {
        reader.Read();
        return reader.String() switch
        {
            "system" => ChatRole.System,
            "developer" => ChatRole.Developer,
            "user" => ChatRole.User,
            "assistant" or "model" => ChatRole.Assistant,
            "tool" => ChatRole.Tool,
            "function" => ChatRole.Function,
            _ => throw new WireFormatException("must be system, developer, user, assistant, tool or function."),
        };
    }

    public static MessageContent ReadContent(ref WireReader reader)
    {
        reader.Read();
        switch (reader.Token)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String:
                return new MessageContent(reader.String(), null);
            case JsonTokenType.StartArray:
                return new MessageContent(null, reader.Items(ContentPartReader.Read, RequestLimits.PartsPerMessageMax));
            default:
                throw new WireFormatException("must be a string or an array of parts.");
        }
    }

    private sealed class MessageFields
    {
        public ChatRole? Role { get; set; }

        public MessageContent Content { get; set; }

        public string? Name { get; set; }

        public string? Refusal { get; set; }

        public List<ToolCall>? ToolCalls { get; set; }

        public ToolCall? FunctionCall { get; set; }

        public string? ToolCallId { get; set; }

        public List<ContentPart>? Images { get; set; }

        public string? ThoughtSignature { get; set; }
    }
}
