namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Entries of <c>tools</c> and of the old <c>functions</c>.</summary>
internal static class ToolReader
{
    public static ChatTool Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        string? type = null;
        ToolFields? nested = null;
        var flat = new ToolFields();
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else if (reader.Is("function"u8) || reader.Is("custom"u8))
            {
                nested = reader.EnterObject() ? ReadFields(ref reader) : null;
            }
            else if (reader.Is("tools"u8))
            {
                flat.Members = reader.List(Read, RequestLimits.ToolsMax);
            }
            else
            {
                ReadField(ref reader, flat);
            }
        }

        // The flat form of the Responses API turns up here too.
        var fields = nested ?? flat;
        switch (type)
        {
            case "function" or null:
                return Named(fields, ChatToolKind.Function, start, nested is null ? "name" : "function.name");
            case "custom":
                return Named(fields, ChatToolKind.Custom, start, nested is null ? "name" : "custom.name");
            case ChatToolGroups.Type:
                return Named(fields, ChatToolKind.BuiltIn, start, "name") with { Name = ChatToolGroups.Type, Namespace = fields.Name, Members = fields.Members ?? [] };
            default:
                return new ChatTool(ChatToolKind.BuiltIn, type);
        }
    }

    public static ChatTool ReadLegacy(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        return Named(ReadFields(ref reader), ChatToolKind.Function, start, "name");
    }

    private static ToolFields ReadFields(ref WireReader reader)
    {
        var fields = new ToolFields();
        while (reader.NextMember())
        {
            ReadField(ref reader, fields);
        }

        return fields;
    }

    private static void ReadField(ref WireReader reader, ToolFields fields)
    {
        if (reader.Is("name"u8))
        {
            fields.Name = reader.Text();
        }
        else if (reader.Is("description"u8))
        {
            fields.Description = reader.Text();
        }
        else if (reader.Is("parameters"u8))
        {
            fields.Parameters = reader.Raw();
        }
        else
        {
            reader.Skip();
        }
    }

    private static ChatTool Named(ToolFields fields, ChatToolKind kind, long start, string member)
    {
        if (string.IsNullOrWhiteSpace(fields.Name) || fields.Name.Length > RequestLimits.ToolNameCharsMax)
        {
            WireReader.Fail($"must be a name of 1 to {RequestLimits.ToolNameCharsMax} characters.", member, start);
        }

        return new ChatTool(kind, fields.Name, fields.Description, fields.Parameters);
    }

    private sealed class ToolFields
    {
        public string? Name { get; set; }

        public string? Description { get; set; }

        public RawJson? Parameters { get; set; }

        public List<ChatTool>? Members { get; set; }
    }
}
