using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Entries of <c>tools</c>. Which built-in ones there are is for the translation to say; here only what would be promised falsely.</summary>
internal static class ResponsesToolReader
{
    public const string ImageGeneration = "image_generation";

    /// <summary>The tools of the current member, those of groups among them; null when it is null.</summary>
    public static List<ChatTool>? ReadAll(ref WireReader reader)
    {
        var start = reader.Consumed;
        if (reader.List(Read, RequestLimits.ToolsMax) is not { } tools)
        {
            return null;
        }

        var all = ChatToolGroups.Flatten(tools);
        if (all.Count > RequestLimits.ToolsMax)
        {
            WireReader.Fail($"has more than {RequestLimits.ToolsMax} entries, those of namespaces counted.", position: start);
        }

        return all;
    }

    private static ChatTool Read(ref WireReader reader)
    {
        var start = reader.Position;
        var tool = ToolReader.Read(ref reader);
        if (tool is { Kind: ChatToolKind.BuiltIn, Name: "code_interpreter" })
        {
            CheckContainer(reader.Slice((int)start), start);
        }

        return tool;
    }

    // Google runs code in a sandbox of one call: nothing can be uploaded to it, and none can be named.
    private static void CheckContainer(RawJson tool, long start)
    {
        using var document = JsonDocument.Parse(tool.Utf8);
        if (!document.RootElement.TryGetProperty("container"u8, out var container) || container.ValueKind is JsonValueKind.Null)
        {
            return;
        }

        if (container.ValueKind is not JsonValueKind.Object)
        {
            WireReader.Fail("must be {\"type\":\"auto\"}: containers cannot be named here.", "container", start);
        }

        if (container.TryGetProperty("file_ids"u8, out var files) && files.ValueKind is JsonValueKind.Array && files.GetArrayLength() > 0)
        {
            WireReader.Fail("is not available: files cannot be put into the sandbox; send them as input_file.", "container.file_ids", start);
        }
    }
}
