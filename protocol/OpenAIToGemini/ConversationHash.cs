using System.Text;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Tells conversations apart by what stays the same in all their requests, so that they can prefer the key that has their prefix cached.</summary>
public static class ConversationHash
{
    private const int DepthMax = 256;

    /// <summary>Bytes of one string that count: enough to tell prompts apart, little enough for pictures.</summary>
    private const int StringBytesMax = 16 * 1024;

    /// <summary>Hash of model, system instruction and first user turn; the same in every process and release, whatever the white space.</summary>
    /// <remarks>The turns are a request's <c>contents</c>, or an interaction's <c>input</c>, which may be a text.</remarks>
    /// <returns>Null when the body has no contents or is no JSON.</returns>
    public static ulong? Of(string model, ReadOnlySpan<byte> geminiBody)
    {
        try
        {
            return Walk(model, geminiBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ulong? Walk(string model, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
        ulong? first = null;
        ulong system = 0;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isInput = reader.ValueSpan.SequenceEqual("input"u8);
            var isContents = isInput || reader.ValueSpan.SequenceEqual("contents"u8);
            var isSystem = reader.ValueSpan.SequenceEqual("systemInstruction"u8) || reader.ValueSpan.SequenceEqual("system_instruction"u8);
            reader.Read();
            if (isContents && reader.TokenType is JsonTokenType.StartArray)
            {
                first = FirstUserTurn(ref reader);
            }
            else if (isInput && reader.TokenType is JsonTokenType.String or JsonTokenType.StartObject)
            {
                first = Value(ref reader, out _);
            }
            else if (isSystem)
            {
                system = Value(ref reader, out _);
            }
            else
            {
                reader.Skip();
            }

            if (first is not null && system != 0)
            {
                break;
            }
        }

        return first is { } turn ? StableHash.Add(StableHash.Add(StableHash.Add(StableHash.Seed, Encoding.UTF8.GetBytes(model)), system), turn) : null;
    }

    private static ulong? FirstUserTurn(ref Utf8JsonReader reader)
    {
        ulong? found = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (found is not null)
            {
                reader.Skip();
                continue;
            }

            var hash = Value(ref reader, out var isModel);
            found = isModel ? null : hash;
        }

        return found;
    }

    /// <summary>Leaves the reader at the value's last token.</summary>
    private static ulong Value(ref Utf8JsonReader reader, out bool isModel)
    {
        isModel = false;
        var depth = reader.CurrentDepth;
        var hash = StableHash.Seed;
        var isRole = false;
        do
        {
            hash = StableHash.Add(hash, (ulong)reader.TokenType);
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number)
            {
                hash = StableHash.Add(hash, reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, StringBytesMax)]);
            }

            isModel |= isRole && reader.TokenType is JsonTokenType.String && reader.ValueSpan.SequenceEqual("model"u8);
            isRole = reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && reader.ValueSpan.SequenceEqual("role"u8);
            if (reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return hash;
            }
        }
        while (reader.Read());

        return hash;
    }
}
