using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary><c>thinking</c>, <c>tool_choice</c>, <c>output_config</c> and the like.</summary>
internal static class AnthropicOptionsReader
{
    /// <summary>What Gemini's text models write at most; they refuse larger bounds, which Claude's models take.</summary>
    private const int OutputTokensMax = 65_536;

    private const int ServersMax = 100;

    public static int? ReadMaxTokens(ref WireReader reader) => reader.Integer() switch
    {
        null => null,
        <= 0 => throw new WireFormatException("must be at least 1."),
        { } tokens => Math.Min(tokens, OutputTokensMax),
    };

    public static void ReadThinking(ref WireReader reader, AnthropicDraft draft)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                draft.Thinking = reader.Text() switch
                {
                    ("enabled" or "adaptive" or "between_tools" or "disabled") and var type => type,
                    _ => throw new WireFormatException("must be enabled, adaptive, between_tools or disabled."),
                };
            }
            else if (reader.Is("budget_tokens"u8))
            {
                draft.ThinkingTokens = reader.Integer();
            }
            else if (reader.Is("display"u8))
            {
                draft.OmitsThoughts = reader.Text() is "omitted";
            }
            else
            {
                reader.Skip();
            }
        }
    }

    public static void ReadToolChoice(ref WireReader reader, AnthropicDraft draft)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        var start = reader.Position;
        string? type = null;
        string? name = null;
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
            else if (reader.Is("disable_parallel_tool_use"u8))
            {
                draft.ParallelToolCalls = reader.Flag() is not true;
            }
            else
            {
                reader.Skip();
            }
        }

        draft.ToolChoice = type switch
        {
            "auto" => new ToolChoice(ToolChoiceMode.Auto),
            "any" => new ToolChoice(ToolChoiceMode.Required),
            "none" => new ToolChoice(ToolChoiceMode.None),
            "tool" => new ToolChoice(ToolChoiceMode.Required, [name ?? throw new WireFormatException("is required.", "name", start)]),
            _ => throw new WireFormatException("must be auto, any, tool or none.", "type", start),
        };
    }

    public static void ReadOutput(ref WireReader reader, AnthropicDraft draft)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            if (reader.Is("effort"u8))
            {
                draft.Effort = reader.Text() switch
                {
                    null => null,
                    ("low" or "medium" or "high" or "xhigh" or "max") and var effort => effort,
                    _ => throw new WireFormatException("must be low, medium, high, xhigh or max."),
                };
            }
            else if (reader.Is("format"u8))
            {
                draft.Format = ReadFormat(ref reader) ?? draft.Format;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    public static ResponseFormat? ReadFormat(ref WireReader reader) => SchemaFormat.Read(ref reader) switch
    {
        null => null,
        { Type: "json_schema", Schema: var schema } => new ResponseFormat(IsJson: true, schema),
        { Start: var start } => throw new WireFormatException("must be json_schema.", "type", start),
    };

    /// <summary>Tools on servers that Anthropic's service would call are out of reach here; an empty list is none.</summary>
    public static void RefuseServers(ref WireReader reader)
    {
        var start = reader.Position;
        if (reader.List(SkipItem, ServersMax) is { Count: > 0 })
        {
            WireReader.Fail("is not available: the gateway calls no MCP servers.", position: start);
        }
    }

    private static JsonTokenType SkipItem(ref WireReader reader)
    {
        var token = reader.Token;
        reader.Skip();
        return token;
    }
}
