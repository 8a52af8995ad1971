using System.Text.Json;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Reads the recordings of Google's SDKs for JavaScript and .NET.</summary>
internal static class GoogleRecordings
{
    public static IEnumerable<RecordedExchange> Read(string project, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        if (!document.RootElement.TryGetProperty("interactions", out var interactions))
        {
            yield break;
        }

        var number = 0;
        foreach (var interaction in interactions.EnumerateArray())
        {
            yield return Exchange(project, Path.GetFileName(file), ++number, interaction.GetProperty("request"), interaction.GetProperty("response"));
        }
    }

    private static RecordedExchange Exchange(string project, string file, int number, JsonElement request, JsonElement response)
    {
        var host = request.TryGetProperty("serverAddress", out var named) ? named.GetString() : "generativelanguage.googleapis.com";
        var address = new Uri($"https://{host}{request.GetProperty("url").GetString()}");
        var status = response.GetProperty("statusCode").GetInt32();
        var answerType = HeaderOf(response, "Content-Type");
        var events = Segments(response);
        var isStream = answerType.StartsWith(RecordedBody.EventStream, StringComparison.Ordinal) && status == 200;
        return new RecordedExchange(
            project, file, number, request.GetProperty("method").GetString()!, address,
            Segments(request) is [var body] && body.GetRawText() != "{}" ? new RecordedBody(JsonBytes.AsWritten(body), HeaderOf(request, "Content-Type")) : null,
            status,
            events.Count == 0 ? null : new RecordedBody(isStream ? JsonBytes.AsEvents(events) : JsonBytes.AsWritten(events[0]), answerType));
    }

    private static List<JsonElement> Segments(JsonElement message) =>
        message.TryGetProperty("bodySegments", out var segments) && segments.ValueKind == JsonValueKind.Array ? [.. segments.EnumerateArray()] : [];

    private static string HeaderOf(JsonElement message, string name) =>
        message.GetProperty("headers").EnumerateObject().FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is
            { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
}
