using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Gemini;

/// <summary>Anthropic's <c>messages/count_tokens</c> and OpenAI's <c>responses/input_tokens</c> over the upstream's <c>countTokens</c>.</summary>
public static class TokenCountTranslator
{
    /// <param name="model">The upstream's model.</param>
    /// <param name="body">A translated request: one JSON object that is not empty.</param>
    /// <param name="output">Gets the body of <c>countTokens</c>, which counts instructions and tools too.</param>
    public static void WriteRequest(string model, ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        output.Write("{\"generateContentRequest\":{\"model\":\"models/"u8);
        output.Write(Encoding.UTF8.GetBytes(model));
        output.Write("\","u8);
        output.Write(body[1..]);
        output.Write("}"u8);
    }

    /// <param name="answer">The upstream's.</param>
    /// <param name="kind">What the answer calls itself; null for nothing.</param>
    /// <param name="output">Gets the answer.</param>
    /// <exception cref="MalformedAnswerException">The answer tells no count.</exception>
    public static void WriteAnswer(ReadOnlySpan<byte> answer, string? kind, IBufferWriter<byte> output)
    {
        var count = GeminiAnswerReader.ReadTokenCount(answer);
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        writer.WriteStartObject();
        if (kind is not null)
        {
            writer.WriteString("object"u8, kind);
        }

        writer.WriteNumber("input_tokens"u8, count);
        writer.WriteEndObject();
    }
}
