using System.Text.Json;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Reads the session records of OpenAI's SDK for .NET.</summary>
internal static class SessionRecords
{
    public static IEnumerable<RecordedExchange> Read(string project, string file)
    {
        // The files begin with a mark of byte order, which the text reader takes away.
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        if (!document.RootElement.TryGetProperty("Entries", out var entries))
        {
            yield break;
        }

        var number = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            yield return new RecordedExchange(
                project, Path.GetFileName(file), ++number, entry.GetProperty("RequestMethod").GetString()!, new Uri(entry.GetProperty("RequestUri").GetString()!),
                Body(entry, "Request"), entry.GetProperty("StatusCode").GetInt32(), Body(entry, "Response"));
        }
    }

    // A list is a body of parts or events, which the recorder has taken apart: it cannot be sent again as it was.
    private static RecordedBody? Body(JsonElement entry, string side) =>
        entry.GetProperty($"{side}Body") is { ValueKind: JsonValueKind.Object } body
            ? new RecordedBody(JsonBytes.InOneLine(body), entry.GetProperty($"{side}Headers").TryGetProperty("Content-Type", out var type) ? type.GetString()! : "")
            : null;
}
