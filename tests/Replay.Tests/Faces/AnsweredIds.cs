using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Replay.Tests.Recordings;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>A later request names an earlier answer, which has another id now that the gateway has given it.</summary>
internal sealed class AnsweredIds
{
    private const string Member = "previous_response_id";
    private readonly Dictionary<string, string> ids = [];

    /// <summary>Remembers which answer stands for a recorded one.</summary>
    public void Learn(RecordedExchange exchange, string body)
    {
        if (IdOf(exchange.Answer?.Text) is { } recorded && IdOf(body) is { } given)
        {
            ids[recorded] = given;
        }
    }

    /// <summary>The request with the id of the answer that it means.</summary>
    public JsonNode Apply(JsonNode request)
    {
        if (request is JsonObject map && (string?)map[Member] is { } recorded && ids.TryGetValue(recorded, out var given))
        {
            map[Member] = given;
        }

        return request;
    }

    // A stream says it in its first event.
    private static string? IdOf(string? body)
    {
        var data = body?.Split('\n').FirstOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal))?["data: ".Length..] ?? body;
        try
        {
            var answer = JsonNode.Parse(data ?? "null") as JsonObject;
            return (string?)(answer?["response"] ?? answer)?["id"];
        }
        catch (JsonException)
        {
            return null; // Sound, for one.
        }
    }
}
