using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

internal sealed class ModalityConverter : JsonConverter<Modality>
{
    public override bool HandleNull => true;

    public override Modality Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return Modality.Unknown;
        }

        return reader.ValueTextEquals("TEXT"u8) ? Modality.Text
            : reader.ValueTextEquals("IMAGE"u8) ? Modality.Image
            : reader.ValueTextEquals("VIDEO"u8) ? Modality.Video
            : reader.ValueTextEquals("AUDIO"u8) ? Modality.Audio
            : reader.ValueTextEquals("DOCUMENT"u8) ? Modality.Document
            : Modality.Unknown;
    }

    public override void Write(Utf8JsonWriter writer, Modality value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString().ToUpperInvariant());
}
