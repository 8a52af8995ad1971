using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Pictures and files that requests name by address, which tests do not fetch from the internet.</summary>
internal static class NamedMedia
{
    /// <summary>The same request with another address for each of them.</summary>
    public static byte[] MoveTo(Uri address, byte[] request)
    {
        var body = JsonNode.Parse(request)!;
        Move(body, address.AbsoluteUri);
        return JsonBytes.InOneLine(body);
    }

    private static void Move(JsonNode? node, string address)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Move(item, address);
            }
        }
        else if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
            {
                if (value is JsonValue text && IsAddress(text) && (name is "image_url" or "file_url" || (name == "url" && IsMedia(map))))
                {
                    map[name] = address;
                }

                Move(value, address);
            }
        }
    }

    // {"image_url":{"url":…}} of a chat, {"source":{"type":"url","url":…}} of a message.
    private static bool IsMedia(JsonObject map) => map.Parent is JsonObject parent && (parent["image_url"] == map || (parent["source"] == map && (string?)map["type"] == "url"));

    private static bool IsAddress(JsonValue value) => value.TryGetValue<string>(out var text) && text.StartsWith("http", StringComparison.Ordinal);
}
