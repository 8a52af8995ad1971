using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

internal sealed class Utf8TextConverter : JsonConverter<Utf8Text>
{
    public override bool HandleNull => true;

    public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("Expected text.");
        }

        return reader.ValueIsEscaped ? new(Unescape(ref reader)) : new(reader.ValueSpan.ToArray());
    }

    public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) => writer.WriteStringValue(value.Span);

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(buffer);
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
