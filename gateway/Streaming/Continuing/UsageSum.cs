using System.Text.Json.Nodes;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The usage of several calls that make one answer. Pure.</summary>
internal static class UsageSum
{
    /// <summary>Adds what earlier calls used to what an event tells.</summary>
    /// <param name="earlier">Their <c>usageMetadata</c>, or null.</param>
    /// <param name="told">The event's own, which is changed.</param>
    public static void Add(JsonObject? earlier, JsonObject told)
    {
        foreach (var (name, value) in earlier ?? [])
        {
            if (value is JsonValue number && number.TryGetValue<long>(out var before) && name.EndsWith("Count", StringComparison.Ordinal))
            {
                told[name] = before + (told[name] is JsonValue own && own.TryGetValue<long>(out var now) ? now : 0);
            }
        }

        if (earlier is not null)
        {
            // By modality, which sums would have to be taken apart for. All of it is text.
            foreach (var name in told.Where(member => member.Value is JsonArray).Select(member => member.Key).ToList())
            {
                told.Remove(name);
            }
        }
    }
}
