using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Anthropic;

/// <summary>Reads content blocks without judging them.</summary>
internal static class AnthropicBlockReader
{
    public static AnthropicBlock Read(ref WireReader reader)
    {
        if (reader.Token is JsonTokenType.String)
        {
            return new AnthropicBlock { Position = reader.Position, Type = "text", Text = reader.String() };
        }

        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var block = new AnthropicBlock { Position = reader.Position };
        while (reader.NextMember())
        {
            if (!ReadContent(ref reader, block) && !ReadTool(ref reader, block))
            {
                reader.Skip();
            }
        }

        return block;
    }

    private static bool ReadContent(ref WireReader reader, AnthropicBlock block)
    {
        if (reader.Is("type"u8))
        {
            block.Type = reader.Text();
        }
        else if (reader.Is("text"u8))
        {
            block.Text = reader.Text();
        }
        else if (reader.Is("source"u8))
        {
            block.Source = ReadSource(ref reader);
        }
        else if (reader.Is("content"u8))
        {
            (block.ContentText, block.Content) = ReadNested(ref reader);
        }
        else if (reader.Is("title"u8))
        {
            block.Title = reader.Text();
        }
        else if (reader.Is("context"u8))
        {
            block.Context = reader.Text();
        }
        else if (reader.Is("signature"u8) || reader.Is("data"u8))
        {
            block.Signature = reader.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadTool(ref WireReader reader, AnthropicBlock block)
    {
        if (reader.Is("id"u8))
        {
            block.Id = reader.Text();
        }
        else if (reader.Is("name"u8) || reader.Is("tool_name"u8))
        {
            block.Name = reader.Text();
        }
        else if (reader.Is("input"u8))
        {
            block.Input = reader.Raw();
        }
        else if (reader.Is("tool_use_id"u8))
        {
            block.ToolUseId = reader.Text();
        }
        else if (reader.Is("is_error"u8))
        {
            block.IsError = reader.Flag() ?? false;
        }
        else
        {
            return false;
        }

        return true;
    }

    // A search result's source is its address alone.
    private static AnthropicSource? ReadSource(ref WireReader reader)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            return new AnthropicSource { Url = reader.String() };
        }

        if (!reader.AtObject())
        {
            return null;
        }

        var source = new AnthropicSource();
        while (reader.NextMember())
        {
            ReadSourceMember(ref reader, source);
        }

        return source;
    }

    private static void ReadSourceMember(ref WireReader reader, AnthropicSource source)
    {
        if (reader.Is("type"u8))
        {
            source.Type = reader.Text();
        }
        else if (reader.Is("media_type"u8))
        {
            source.MediaType = reader.Text();
        }
        else if (reader.Is("data"u8))
        {
            source.Data = reader.Text();
        }
        else if (reader.Is("url"u8))
        {
            source.Url = reader.Text();
        }
        else if (reader.Is("file_id"u8))
        {
            source.FileId = reader.Text();
        }
        else if (reader.Is("content"u8))
        {
            (source.ContentText, source.Content) = ReadNested(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static (string? Text, List<AnthropicBlock>? Blocks) ReadNested(ref WireReader reader)
    {
        reader.Read();
        switch (reader.Token)
        {
            case JsonTokenType.String:
                return (reader.String(), null);
            case JsonTokenType.StartArray:
                return (null, reader.Items(Read, RequestLimits.PartsPerMessageMax));
            default:
                // The error object of a server tool, whose results are not replayed.
                reader.Skip();
                return (null, null);
        }
    }
}
