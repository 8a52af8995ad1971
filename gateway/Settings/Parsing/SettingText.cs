using System.Text.Json;

namespace GeminiBalance.Gateway.Settings;

/// <summary>What people write into environment variables and <c>.env</c> files, brought to a common form.</summary>
internal static class SettingText
{
    private static readonly char[] Separators = [',', '\n', '\r'];

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Without white space around it and without one pair of quotes around all, which <c>docker --env-file</c> leaves in place.</summary>
    public static string Unquote(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 2 || trimmed[0] is not ('"' or '\'') || trimmed[^1] != trimmed[0])
        {
            return trimmed;
        }

        var inner = trimmed[1..^1].Trim();
        return inner.Contains(trimmed[0]) && inner[0] is not ('[' or '{') ? trimmed : inner;
    }

    /// <summary>A JSON array of strings, or values separated by commas or line ends, each perhaps quoted.</summary>
    public static Parsed<IReadOnlyList<string>> ParseList(string text)
    {
        if (!text.StartsWith('['))
        {
            return new(text.Split(Separators).Select(Unquote).Where(item => item.Length > 0).ToList(), null, null);
        }

        using var json = ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Array } array)
        {
            return new(null, "it begins like a JSON array but is none", null);
        }

        var items = new List<string>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return new(null, $"entry {items.Count + 1} is not a text", null);
            }

            items.Add(item.GetString()!.Trim());
        }

        return new(items.Where(item => item.Length > 0).ToList(), null, null);
    }

    /// <summary>Reads JSON, also with the single quotes that Python's notation uses.</summary>
    /// <returns>Null when it is no JSON.</returns>
    public static JsonDocument? ParseJson(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Tolerant);
        }
        catch (JsonException) when (text.Contains('\'') && !text.Contains('"'))
        {
            return ParseJson(text.Replace('\'', '"'));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
