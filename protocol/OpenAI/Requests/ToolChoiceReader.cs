using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary><c>tool_choice</c> and the old <c>function_call</c>: a word or an object.</summary>
internal static class ToolChoiceReader
{
    public static ToolChoice? Read(ref WireReader reader)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            return new ToolChoice(Mode(reader.String(), null, null));
        }

        return reader.AtObject() ? ReadObject(ref reader) : null;
    }

    private static ToolChoice ReadObject(ref WireReader reader)
    {
        var start = reader.Position;
        string? type = null, name = null;
        ToolChoice? allowed = null;
        var mode = ToolChoiceMode.Auto;
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.Text();
            }
            else if (reader.Is("mode"u8))
            {
                reader.Read();
                mode = Mode(reader.String(), null, null);
            }
            else if (reader.Is("tools"u8))
            {
                // The flat form of the Responses API.
                allowed = new ToolChoice(mode, [.. reader.List(ReadAllowedTool, RequestLimits.ToolsMax)?.OfType<string>() ?? []]);
            }
            else if (reader.Is("function"u8) || reader.Is("custom"u8))
            {
                name = ReadName(ref reader);
            }
            else if (reader.Is("name"u8))
            {
                name = reader.Text();
            }
            else if (reader.Is("allowed_tools"u8))
            {
                allowed = reader.EnterObject() ? ReadAllowed(ref reader) : null;
            }
            else
            {
                reader.Skip();
            }
        }

        switch (type)
        {
            case "allowed_tools":
                return allowed is null ? throw new WireFormatException("is required.", "allowed_tools", start)
                    : mode is ToolChoiceMode.Auto ? allowed : allowed with { Mode = mode };
            case "function" or "custom" or null:
                return new ToolChoice(ToolChoiceMode.Required, [name ?? throw new WireFormatException("must name a tool.", position: start)]);
            case "auto" or "none" or "required" or "any":
                return new ToolChoice(Mode(type, "type", start));
            default:
                // A built-in tool cannot be forced upstream; it stays a choice.
                return new ToolChoice(ToolChoiceMode.Auto);
        }
    }

    private static ToolChoice ReadAllowed(ref WireReader reader)
    {
        var mode = ToolChoiceMode.Auto;
        List<string?>? names = null;
        while (reader.NextMember())
        {
            if (reader.Is("mode"u8))
            {
                reader.Read();
                mode = Mode(reader.String(), null, null);
            }
            else if (reader.Is("tools"u8))
            {
                names = reader.List(ReadAllowedTool, RequestLimits.ToolsMax);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ToolChoice(mode, [.. names?.OfType<string>() ?? []]);
    }

    private static string? ReadAllowedTool(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            return null;
        }

        string? name = null;
        while (reader.NextMember())
        {
            if (reader.Is("function"u8) || reader.Is("custom"u8))
            {
                name = ReadName(ref reader);
            }
            else if (reader.Is("name"u8))
            {
                name = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return name;
    }

    private static string? ReadName(ref WireReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        string? name = null;
        while (reader.NextMember())
        {
            if (reader.Is("name"u8))
            {
                name = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return name;
    }

    private static ToolChoiceMode Mode(string mode, string? member, long? position) => mode switch
    {
        "auto" => ToolChoiceMode.Auto,
        "none" => ToolChoiceMode.None,
        "required" or "any" => ToolChoiceMode.Required,
        _ => throw new WireFormatException("must be none, auto, required or an object that names a tool.", member, position),
    };
}
