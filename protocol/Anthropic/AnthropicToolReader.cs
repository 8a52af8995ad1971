using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Entries of <c>tools</c>.</summary>
internal static class AnthropicToolReader
{
    /// <returns>Null for a tool that only finds other tools: here all are declared from the start, deferred ones too.</returns>
    public static ChatTool? Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        string? type = null;
        string? name = null;
        string? description = null;
        RawJson? schema = null;
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else if (reader.Is("name"u8))
            {
                name = reader.Text();
            }
            else if (reader.Is("description"u8))
            {
                description = reader.Text();
            }
            else if (reader.Is("input_schema"u8))
            {
                schema = reader.RawObject();
            }
            else
            {
                reader.Skip();
            }
        }

        return type is null or "custom" ? Function(name, description, schema, start) : ServerTool(type, start);
    }

    private static ChatTool Function(string? name, string? description, RawJson? schema, long start)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > RequestLimits.ToolNameCharsMax)
        {
            WireReader.Fail($"must be a name of 1 to {RequestLimits.ToolNameCharsMax} characters.", "name", start);
        }

        return new ChatTool(ChatToolKind.Function, name, description, schema);
    }

    private static ChatTool? ServerTool(string type, long start) => type switch
    {
        _ when type.StartsWith("web_search_", StringComparison.Ordinal) => new ChatTool(ChatToolKind.BuiltIn, "web_search"),
        _ when type.StartsWith("web_fetch_", StringComparison.Ordinal) => new ChatTool(ChatToolKind.BuiltIn, "url_context"),
        _ when type.StartsWith("code_execution_", StringComparison.Ordinal) => new ChatTool(ChatToolKind.BuiltIn, "code_execution"),
        _ when type.StartsWith("tool_search_tool_", StringComparison.Ordinal) => null,
        _ => throw new WireFormatException(
            $"'{type}' is not available here; use a tool with a schema of its own, web_search, web_fetch or code_execution.", "type", start),
    };
}
