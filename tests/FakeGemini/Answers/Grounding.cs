using System.Text;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>A searched answer: offsets count UTF-8 bytes and the text is full of characters that take several.</summary>
internal static class Grounding
{
    private const string First = "Zürich liegt am Zürichsee.";
    private const string Second = "東京は日本の首都です。";

    public static string Text => $"{First} {Second} 🙂 That is all.";

    public static void Write(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject("groundingMetadata");
        writer.WriteStartObject("searchEntryPoint");
        writer.WriteString("renderedContent", "<div class=\"container\"><a class=\"chip\" href=\"https://example.com\">Zürich</a></div>");
        writer.WriteEndObject();
        writer.WriteStartArray("groundingChunks");
        Chunk(writer, "https://vertexaisearch.cloud.google.com/grounding-api-redirect/FAKE-1", "zuerich.com");
        Chunk(writer, "https://vertexaisearch.cloud.google.com/grounding-api-redirect/FAKE-2", "gotokyo.org");
        writer.WriteEndArray();
        writer.WriteStartArray("groundingSupports");
        Support(writer, text, First, 0);
        Support(writer, text, Second, 1);
        writer.WriteEndArray();
        writer.WriteStartArray("webSearchQueries");
        writer.WriteStringValue("Zürich 東京");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Chunk(Utf8JsonWriter writer, string uri, string title)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("web");
        writer.WriteString("uri", uri);
        writer.WriteString("title", title);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Left out when the text was cut before the segment; startIndex is left out when zero, as upstream.
    private static void Support(Utf8JsonWriter writer, string text, string segment, int chunk)
    {
        if (text.IndexOf(segment, StringComparison.Ordinal) is var at && at < 0)
        {
            return;
        }

        var start = Encoding.UTF8.GetByteCount(text.AsSpan(0, at));
        writer.WriteStartObject();
        writer.WriteStartObject("segment");
        if (start > 0)
        {
            writer.WriteNumber("startIndex", start);
        }

        writer.WriteNumber("endIndex", start + Encoding.UTF8.GetByteCount(segment));
        writer.WriteString("text", segment);
        writer.WriteEndObject();
        writer.WriteStartArray("groundingChunkIndices");
        writer.WriteNumberValue(chunk);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
