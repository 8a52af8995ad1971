using System.Text;
using System.Text.Json;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>What went over the wire, without transfer and content encoding.</summary>
/// <param name="ContentType">As it stood in the header; empty when there was none.</param>
internal sealed record RecordedBody(byte[] Bytes, string ContentType)
{
    public const string Json = "application/json; charset=UTF-8";
    public const string EventStream = "text/event-stream";

    /// <summary>Google's headers of an upload, of an answer only: clients' ones were taken out when they were recorded.</summary>
    public IReadOnlyDictionary<string, string> UploadHeaders { get; init; } = new Dictionary<string, string>();

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Whether it is one JSON object.</summary>
    public bool IsObject
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Bytes);
                return document.RootElement.ValueKind == JsonValueKind.Object;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    /// <summary>The payloads of an event stream, or the whole as one.</summary>
    public List<JsonElement> Events()
    {
        if (!ContentType.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            return [JsonSerializer.Deserialize<JsonElement>(Bytes)];
        }

        var lines = Text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal));
        return [.. lines.Select(line => line[5..].Trim()).Where(data => data is not ("" or "[DONE]")).Select(data => JsonSerializer.Deserialize<JsonElement>(data))];
    }
}
