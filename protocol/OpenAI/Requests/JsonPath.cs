using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>The path of a place in a document, in the spelling of OpenAI's <c>param</c>: <c>messages[2].content[0].text</c>.</summary>
internal static class JsonPath
{
    private const int NameCharsMax = 64;

    /// <summary>Reads the document again up to the place: only errors pay for paths.</summary>
    /// <returns>Null for the root and for a document that is broken before the place.</returns>
    public static string? At(ReadOnlySpan<byte> json, long position)
    {
        var frames = new List<(string? Name, int Index)>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RequestLimits.JsonDepthMax });
        try
        {
            while (reader.Read())
            {
                Step(frames, ref reader);
                if (reader.TokenStartIndex >= position)
                {
                    return Render(frames, reader.TokenType);
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static void Step(List<(string? Name, int Index)> frames, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            frames.RemoveAt(frames.Count - 1);
            return;
        }

        if (reader.TokenType is JsonTokenType.PropertyName)
        {
            frames[^1] = (NameOf(ref reader), -1);
            return;
        }

        if (frames.Count > 0 && frames[^1].Name is null)
        {
            frames[^1] = (null, frames[^1].Index + 1);
        }

        if (reader.TokenType is JsonTokenType.StartObject)
        {
            frames.Add((string.Empty, -1));
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            frames.Add((null, -1));
        }
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        var name = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, NameCharsMax)]);
        return name.Length == 0 ? "\"\"" : name;
    }

    private static string? Render(List<(string? Name, int Index)> frames, JsonTokenType token)
    {
        // The value at the place has already opened its own frame, which is not part of its path.
        var depth = token is JsonTokenType.StartObject or JsonTokenType.StartArray ? frames.Count - 1 : frames.Count;
        var path = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            if (frames[i].Name is { Length: > 0 } name)
            {
                path.Append(i == 0 ? string.Empty : ".").Append(name);
            }
            else if (frames[i].Name is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{frames[i].Index}]");
            }
        }

        return path.Length == 0 ? null : path.ToString();
    }
}
