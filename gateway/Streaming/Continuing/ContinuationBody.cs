using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The request that asks for the rest of an answer. Pure.</summary>
internal static class ContinuationBody
{
    private const string Ask =
        "Your answer was cut off by a technical fault. Continue it exactly where it stopped, with the very next character. Repeat nothing, and add no greeting, explanation or apology.";

    private static readonly string[] ForTextOnly = ["responseSchema", "responseJsonSchema", "speechConfig", "imageConfig"];

    /// <param name="body">The request whose answer was cut.</param>
    /// <param name="said">What the client has of the answer.</param>
    /// <param name="spentTokens">Output tokens that were spent on it.</param>
    /// <returns>Null when the rest cannot be asked for: tools, schemas, several answers or anything but text, or no tokens left.</returns>
    public static byte[]? Of(ReadOnlySpan<byte> body, string said, long spentTokens)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: AnswerEvent.Reading) is JsonObject root && root["contents"] is JsonArray contents && TrySpend(root, spentTokens) && IsForText(root)
                ? Append(root, contents, said)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException) // The last for text that is no Unicode.
        {
            return null;
        }
    }

    private static byte[] Append(JsonObject root, JsonArray contents, string said)
    {
        contents.Add(Turn("model", said));
        contents.Add(Turn("user", Ask));
        return AnswerEvent.Write(root);
    }

    private static JsonObject Turn(string role, string text) => new JsonObject { ["role"] = role, ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) };

    private static bool IsForText(JsonObject root)
    {
        if (root["tools"] is JsonArray { Count: > 0 } or JsonObject)
        {
            return false;
        }

        return Configuration(root) is not { } configuration
            || (!configuration.Any(member => member.Value is not null && ForTextOnly.Contains(Camel(member.Key)))
                && Number(configuration, "candidateCount") is null or 1
                && Member(configuration, "responseMimeType")?.ToString() is null or "text/plain"
                && (Member(configuration, "responseModalities") is not JsonArray kinds || kinds.All(kind => kind?.ToString() is "TEXT" or "Text")));
    }

    // The client's bound is one of the whole answer.
    private static bool TrySpend(JsonObject root, long spent)
    {
        if (Configuration(root) is not { } configuration || Number(configuration, "maxOutputTokens") is not { } most)
        {
            return true;
        }

        var name = configuration.First(member => Camel(member.Key) == "maxOutputTokens").Key;
        configuration[name] = most - spent;
        return most > spent;
    }

    private static JsonObject? Configuration(JsonObject root) => Member(root, "generationConfig") as JsonObject;

    private static long? Number(JsonObject from, string name) => Member(from, name) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    // Google reads both spellings.
    private static JsonNode? Member(JsonObject from, string name)
    {
        foreach (var (key, value) in from)
        {
            if (Camel(key) == name)
            {
                return value;
            }
        }

        return null;
    }

    private static string Camel(string name)
    {
        var words = name.TrimStart('_').Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
