using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes pictures as <c>images</c>, the form of OpenRouter that chat front ends read.</summary>
internal static class ImageWriter
{
    public static void WriteStart(Utf8JsonWriter writer) => writer.WriteStartArray("images"u8);

    public static void Write(Utf8JsonWriter writer, ResponseBlob image, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WritePropertyName("url"u8);
        writer.WriteStringValueSegment(ContentWriter.DataUrlPrefix(image), isFinalSegment: false);
        writer.WriteStringValueSegment(image.Data.Span, isFinalSegment: true);
        writer.WriteEndObject();
        writer.WriteNumber("index"u8, index);
        writer.WriteEndObject();
    }
}
