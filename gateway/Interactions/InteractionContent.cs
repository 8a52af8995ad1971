using System.Text.Json;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>Whether steps, contents and deltas say anything: text, a call, a picture; not thoughts that are only signed, and nothing of the client's own.</summary>
internal static class InteractionContent
{
    /// <summary>Reads the value of the member at whose name the reader stands.</summary>
    public static bool IsIn(ref Utf8JsonReader reader)
    {
        reader.Read();
        return InValue(ref reader);
    }

    private static bool InValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return InObject(ref reader);
            case JsonTokenType.StartArray:
                var any = false;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    any |= InValue(ref reader);
                }

                return any;
            default:
                return false;
        }
    }

    private static bool InObject(ref Utf8JsonReader reader)
    {
        string? type = null;
        var hasText = false;
        var hasContent = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                hasText |= reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("summary"u8))
            {
                hasContent |= IsIn(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return type switch
        {
            "user_input" or "thought_signature" => false,
            "text" => hasText,
            null or "thought" or "model_output" or "thought_summary" => hasText || hasContent,
            _ => true,
        };
    }
}
