using System.Text.Json;
using System.Text.Unicode;

namespace GeminiBalance.FakeGemini;

/// <summary>Parses JSON whose strings are all text: the framework lets escaped halves of surrogate pairs and bytes that are no UTF-8 pass, and throws when they are read.</summary>
internal static class WellFormedJson
{
    /// <exception cref="JsonException">It is not JSON, or not all of it is text.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new JsonException("Not all of it is UTF-8.");
        }

        var document = JsonDocument.Parse(body);
        try
        {
            if (body.Span.IndexOf("\\u"u8) >= 0)
            {
                Walk(document.RootElement);
            }

            return document;
        }
        catch (InvalidOperationException exception)
        {
            document.Dispose();
            throw new JsonException("Lone surrogate in string.", exception);
        }
    }

    private static void Walk(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Walk(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item);
                }

                break;
        }
    }
}
