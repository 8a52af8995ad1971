using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Bytes of JSON that a recording keeps in parsed form.</summary>
internal static class JsonBytes
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    /// <summary>As it stands in the file, spaces and all.</summary>
    public static byte[] AsWritten(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    public static byte[] InOneLine(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element, OneLine);

    public static byte[] InOneLine(JsonNode? node) => JsonSerializer.SerializeToUtf8Bytes(node, OneLine);

    /// <summary>Events as Google frames them.</summary>
    public static byte[] AsEvents(IEnumerable<JsonElement> events) =>
        [.. events.SelectMany(item => (byte[])[.. "data: "u8, .. InOneLine(item), .. "\r\n\r\n"u8])];
}
