using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Writes pictures as <c>images</c>, the form of OpenRouter that chat front ends read.</summary>
internal static class ImageWriter
{
    public static void WriteStart(Utf8JsonWriter writer) => writer.WriteStartArray("images"u8);

    /// <summary>Whether the part is a picture, in the answer itself or where a host keeps it.</summary>
    public static bool IsImage(ResponsePart part) => ContentWriter.IsImage(part)
        || part is { FileData: { FileUri.Length: > 0, MimeType: { } mime } } && mime.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    public static void Write(Utf8JsonWriter writer, ResponsePart image, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        if (image.InlineData is { } data)
        {
            writer.WritePropertyName("url"u8);
            writer.WriteStringValueSegment(ContentWriter.DataUrlPrefix(data), isFinalSegment: false);
            writer.WriteStringValueSegment(data.Data.Span, isFinalSegment: true);
        }
        else
        {
            writer.WriteString("url"u8, image.FileData!.FileUri);
        }

        writer.WriteEndObject();
        writer.WriteNumber("index"u8, index);
        writer.WriteEndObject();
    }
}
