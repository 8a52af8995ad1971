using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Answers in JSON.</summary>
internal static class OpenAIJson
{
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            write(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A page of a list.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="ids">The ids of the page, in order.</param>
    /// <param name="hasMore">Whether another page follows.</param>
    /// <param name="write">Writes the object at a place.</param>
    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<string> ids, bool hasMore, Action<int> write)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var i = 0; i < ids.Count; i++)
        {
            write(i);
        }

        json.WriteEndArray();
        json.WriteString("first_id"u8, ids.Count == 0 ? null : ids[0]);
        json.WriteString("last_id"u8, ids.Count == 0 ? null : ids[^1]);
        json.WriteBoolean("has_more"u8, hasMore);
        json.WriteEndObject();
    }

    public static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Seconds since 1970 of a time in the upstream's spelling.</summary>
    public static long? Seconds(JsonElement element, string member) =>
        DateTimeOffset.TryParse(Text(element, member), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeSeconds()
            : null;
}
