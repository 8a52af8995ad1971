using System.Text.Json;

namespace GeminiBalance.Protocol;

/// <summary>Checks what a JSON reader leaves unchecked until a value is used, so that raw values can travel on unread.</summary>
internal static class JsonScan
{
    /// <summary>Moves to the last token of the current value.</summary>
    /// <returns>False when a number is out of a double's range or a string holds half a surrogate pair.</returns>
    public static bool PassValue(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (!IsSound(ref reader))
            {
                return false;
            }

            if (reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return true;
            }
        }
        while (reader.Read());

        return true;
    }

    /// <summary>Whether the text is one sound JSON value.</summary>
    public static bool TryKind(ReadOnlySpan<byte> utf8, int depthMax, out JsonTokenType kind)
    {
        kind = JsonTokenType.None;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depthMax });
            if (!reader.Read())
            {
                return false;
            }

            kind = reader.TokenType;
            return PassValue(ref reader) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSound(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var value) && double.IsFinite(value);
            case JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped:
                return HasWholeSurrogates(ref reader);
            default:
                return true;
        }
    }

    private static bool HasWholeSurrogates(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
