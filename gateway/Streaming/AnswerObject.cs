using System.Text.Json;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>The frame of every answer, chunk and error: one JSON object, which Google wraps in an array for errors of some endpoints.</summary>
internal static class AnswerObject
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <summary>Reads one member, the reader standing at its name, up to the end of its value.</summary>
    public delegate void MemberScan(ref Utf8JsonReader reader, ref AnswerFacts facts);

    public static AnswerFacts Scan(ReadOnlySpan<byte> json, MemberScan scanMember)
    {
        var facts = default(AnswerFacts);
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return new AnswerFacts { IsMalformed = true };
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                scanMember(ref reader, ref facts);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: a name with half a surrogate pair, which shows only when it is compared.
            facts.IsMalformed = true;
        }

        return facts;
    }
}
