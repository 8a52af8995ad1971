using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>One event of a Gemini answer with a single candidate, to be taken apart and put together again. What is not touched keeps its meaning.</summary>
internal sealed class AnswerEvent
{
    /// <summary>How JSON of the upstream and of clients is read.</summary>
    public static readonly JsonDocumentOptions Reading = new() { MaxDepth = Limits.JsonDepthMax };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Limits.JsonDepthMax };

    private AnswerEvent(JsonObject root, JsonObject candidate, JsonObject content, IReadOnlyList<JsonObject> parts)
    {
        Root = root;
        Candidate = candidate;
        Content = content;
        Parts = parts;
    }

    public JsonObject Root { get; }

    public JsonObject Candidate { get; }

    public JsonObject Content { get; }

    public IReadOnlyList<JsonObject> Parts { get; }

    /// <returns>Null when the event is anything but parts of one candidate.</returns>
    public static AnswerEvent? TryRead(ReadOnlySpan<byte> json) =>
        TryReadObject(json) is { } root && root["candidates"] is JsonArray { Count: 1 } candidates && ContentOf(root) is { } content
        && content["parts"] is JsonArray { Count: > 0 } parts
            ? new AnswerEvent(root, candidates[0]!.AsObject(), content, [.. parts.OfType<JsonObject>()])
            : null;

    /// <summary>The event as a JSON object; null when it is none.</summary>
    public static JsonObject? TryReadObject(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Reading) is JsonObject root && (ContentOf(root)?["parts"] is not JsonArray parts || parts.All(IsReadable)) ? root : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException) // The last for text that is no Unicode.
        {
            return null;
        }
    }

    /// <summary>The content of the first candidate, if it has one.</summary>
    public static JsonObject? ContentOf(JsonObject root) =>
        root["candidates"] is JsonArray { Count: > 0 } candidates && candidates[0] is JsonObject candidate ? candidate["content"] as JsonObject : null;

    public static byte[] Write(JsonObject root)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            root.WriteTo(writer);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>The part's text when it is the answer's own; null for thoughts, calls and everything else.</summary>
    public static string? TextOf(JsonObject part)
    {
        var isThought = part["thought"] is JsonValue mark && mark.TryGetValue<bool>(out var value) && value;
        return !isThought && part["text"] is JsonValue text && text.TryGetValue<string>(out var read) && read.Length > 0 ? read : null;
    }

    /// <summary>An event with these parts and nothing that an answer tells only once.</summary>
    public byte[] WriteFragment(IEnumerable<JsonNode> parts)
    {
        var content = new JsonObject { ["parts"] = new JsonArray([.. parts.Select(part => part.DeepClone())]) };
        Copy("role", Content, content);
        var candidate = new JsonObject { ["content"] = content };
        Copy("index", Candidate, candidate);
        var root = new JsonObject { ["candidates"] = new JsonArray(candidate) };
        Copy("modelVersion", Root, root);
        Copy("responseId", Root, root);
        return Write(root);
    }

    /// <summary>The event itself with other parts.</summary>
    public byte[] WriteWith(IEnumerable<JsonNode> parts)
    {
        Content["parts"] = new JsonArray([.. parts.Select(part => part.DeepClone())]);
        return Write(Root);
    }

    private static void Copy(string name, JsonObject from, JsonObject to)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }

    // Looks at every name once: one that comes twice shows here.
    private static bool IsReadable(JsonNode? part) => part is JsonObject one && TextOf(one) is var _;
}
