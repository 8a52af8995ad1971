using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Text that is, or is not, JSON: arguments and results of tools. Gemini wants objects.</summary>
internal static class JsonText
{
    public static RawJson EmptyObject { get; } = new("{}"u8.ToArray());

    /// <summary>The object that the text is; any other value or text becomes the one member of an object.</summary>
    public static RawJson AsObject(string text, string member)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (!JsonScan.TryKind(utf8, RequestLimits.JsonDepthMax, out var kind))
        {
            return Wrap(member, text);
        }

        return kind is JsonTokenType.StartObject ? new RawJson(utf8) : WrapValue(member, utf8);
    }

    /// <summary>An object of one text.</summary>
    public static RawJson Wrap(string member, string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + member.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString(member, text);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }

    private static RawJson WrapValue(string member, ReadOnlySpan<byte> value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + member.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer, GeminiRequestContext.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(member);
            writer.WriteRawValue(value, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }
}
