using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Members of a request at the top level. What only concerns Anthropic's own service (<c>metadata</c>, <c>container</c>, …) is passed over.</summary>
internal static class AnthropicBodyReader
{
    // Claude Code's first system block; it changes with every request and would spoil the upstream's cache of the prompt.
    private const string AttributionMark = "x-anthropic-billing-header:";

    public static AnthropicRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        var draft = new AnthropicDraft();
        while (reader.NextMember())
        {
            if (!ReadCore(ref reader, draft) && !ReadSampling(ref reader, draft) && !ReadOptions(ref reader, draft))
            {
                reader.Skip();
            }
        }

        if (string.IsNullOrWhiteSpace(draft.Model))
        {
            WireReader.Fail("is required.", "model", start);
        }

        if (draft.Messages is not { Count: > 0 })
        {
            WireReader.Fail("must hold at least one message.", "messages", start);
        }

        return draft.Finish();
    }

    private static bool ReadCore(ref WireReader reader, AnthropicDraft draft)
    {
        if (reader.Is("messages"u8))
        {
            draft.Messages = reader.List(AnthropicMessageReader.Read, RequestLimits.MessagesMax);
        }
        else if (reader.Is("model"u8))
        {
            draft.Model = reader.Text();
        }
        else if (reader.Is("system"u8))
        {
            ReadSystem(ref reader, draft);
        }
        else if (reader.Is("stream"u8))
        {
            draft.Stream = reader.Flag() ?? false;
        }
        else if (reader.Is("tools"u8))
        {
            draft.Tools = reader.List(AnthropicToolReader.Read, RequestLimits.ToolsMax);
        }
        else if (reader.Is("tool_choice"u8))
        {
            AnthropicOptionsReader.ReadToolChoice(ref reader, draft);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadSampling(ref WireReader reader, AnthropicDraft draft)
    {
        if (reader.Is("max_tokens"u8))
        {
            draft.MaxTokens = AnthropicOptionsReader.ReadMaxTokens(ref reader);
        }
        else if (reader.Is("temperature"u8))
        {
            draft.Temperature = reader.Number();
        }
        else if (reader.Is("top_p"u8))
        {
            draft.TopP = reader.Number();
        }
        else if (reader.Is("top_k"u8))
        {
            draft.TopK = reader.Integer();
        }
        else if (reader.Is("stop_sequences"u8))
        {
            draft.Stop = StopReader.Read(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadOptions(ref WireReader reader, AnthropicDraft draft)
    {
        if (reader.Is("thinking"u8))
        {
            AnthropicOptionsReader.ReadThinking(ref reader, draft);
        }
        else if (reader.Is("output_config"u8))
        {
            AnthropicOptionsReader.ReadOutput(ref reader, draft);
        }
        else if (reader.Is("output_format"u8))
        {
            draft.Format = AnthropicOptionsReader.ReadFormat(ref reader) ?? draft.Format;
        }
        else if (reader.Is("mcp_servers"u8))
        {
            AnthropicOptionsReader.RefuseServers(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void ReadSystem(ref WireReader reader, AnthropicDraft draft)
    {
        reader.Read();
        switch (reader.Token)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                AddSystem(draft, reader.String());
                break;
            case JsonTokenType.StartArray:
                reader.Items(AnthropicBlockReader.Read, RequestLimits.PartsPerMessageMax).ForEach(block => AddSystem(draft, BlockText.Of(block)));
                break;
            default:
                throw new WireFormatException("must be a string or an array of text blocks.");
        }
    }

    private static void AddSystem(AnthropicDraft draft, string text)
    {
        if (text.Length > 0 && !text.StartsWith(AttributionMark, StringComparison.Ordinal))
        {
            draft.System.Add(new ChatMessage { Role = ChatRole.System, Content = new MessageContent(text, null) });
        }
    }
}
