using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>Listens: what it hears is how much came, so that a test sees whether all of it did.</summary>
internal static class Recordings
{
    /// <returns>Null when the last content is not speech alone.</returns>
    public static string? Heard(JsonElement[] contents)
    {
        if (contents is not [.., var last] || NativePrompt.TextOf(last).Length > 0)
        {
            return null;
        }

        foreach (var part in last.Items("parts"))
        {
            var blob = part.Member("inlineData");
            if (blob.Text("mimeType") is { } type && type.StartsWith("audio/", StringComparison.Ordinal) && Base64Text.TryDecode(blob.Text("data") ?? "") is { } bytes)
            {
                return $"Heard {bytes.Length} bytes of {type}.";
            }
        }

        return null;
    }

    /// <summary>The same in two segments, as a schema asks for that has any.</summary>
    public static string? Timed(string? heard, JsonElement schema) => heard is null || schema.Member("properties").Member("segments").ValueKind != JsonValueKind.Object ? null
        : $$"""
          {"language":"english","segments":[{"start":"00:00.000","end":"00:00.100","text":"{{heard[..heard.IndexOf(" of", StringComparison.Ordinal)]}}"},
          {"start":"00:00.100","end":"00:00.200","text":"{{heard[(heard.IndexOf(" of", StringComparison.Ordinal) + 1)..]}}"}]}
          """;
}
