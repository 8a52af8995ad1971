using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>A slice of text as a JSON string, so that base64 out of a data URI is not copied first.</summary>
internal sealed class CharMemoryConverter : JsonConverter<ReadOnlyMemory<char>>
{
    public override ReadOnlyMemory<char> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString().AsMemory();

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<char> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Span);
}
