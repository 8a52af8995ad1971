using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Content blocks, which stand for parts.</summary>
internal static class InteractionContent
{
    public static JsonNode[] Parts(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => [new JsonObject { ["text"] = content.GetString() }],
        JsonValueKind.Array => [.. content.EnumerateArray().Select(Part).OfType<JsonNode>()],
        JsonValueKind.Object => [.. new[] { Part(content) }.OfType<JsonNode>()],
        _ => [],
    };

    /// <returns>Null of what is not there.</returns>
    public static JsonNode? Copy(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(element.GetRawText());

    /// <returns>Null when it is no content block.</returns>
    public static JsonObject? Part(JsonElement block) => block.Text("type") switch
    {
        "text" => new JsonObject { ["text"] = block.Text("text") },
        "image" or "audio" or "video" or "document" when block.Text("uri") is { } uri => new JsonObject
        {
            ["fileData"] = new JsonObject { ["fileUri"] = uri, ["mimeType"] = block.Text("mime_type") },
        },
        "image" or "audio" or "video" or "document" => new JsonObject
        {
            ["inlineData"] = new JsonObject { ["mimeType"] = block.Text("mime_type"), ["data"] = block.Text("data") },
        },
        "function_result" => new JsonObject
        {
            ["functionResponse"] = new JsonObject
            {
                ["id"] = block.Text("call_id"), ["name"] = block.Text("name") ?? "", ["response"] = new JsonObject { ["result"] = Copy(block.Member("result")) },
            },
        },
        _ => null,
    };
}
