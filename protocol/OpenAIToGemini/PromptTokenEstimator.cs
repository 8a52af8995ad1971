using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Input tokens of a Gemini body, rather too many than too few: what a minute's token budget is charged before the true count is known.</summary>
public static class PromptTokenEstimator
{
    private const int DepthMax = 256;
    internal const double AsciiPerToken = 3.5;
    private const int BytesPerTokenOfAnything = 4;
    private const int FileTokens = 3_000;

    /// <summary>Tokens of the contents, instructions and tools in a body. Never throws: broken JSON counts a quarter of its bytes.</summary>
    public static long Estimate(ReadOnlySpan<byte> geminiBody)
    {
        try
        {
            return Walk(geminiBody);
        }
        catch (JsonException)
        {
            return (geminiBody.Length / BytesPerTokenOfAnything) + 1;
        }
    }

    private static long Walk(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
        long ascii = 0, other = 0, media = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && IsInlineData(ref reader))
            {
                media += InlineTokens(ref reader);
            }
            else if (reader.TokenType is JsonTokenType.PropertyName && IsFileData(ref reader))
            {
                reader.Skip();
                media += FileTokens;
            }
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName or JsonTokenType.Number)
            {
                Count(reader.ValueSpan, ref ascii, ref other);
            }
        }

        return media + other + (long)(ascii / AsciiPerToken) + 1;
    }

    private static bool IsInlineData(ref Utf8JsonReader reader) => reader.ValueSpan.SequenceEqual("inlineData"u8) || reader.ValueSpan.SequenceEqual("inline_data"u8);

    private static bool IsFileData(ref Utf8JsonReader reader) => reader.ValueSpan.SequenceEqual("fileData"u8) || reader.ValueSpan.SequenceEqual("file_data"u8);

    private static long InlineTokens(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return 0;
        }

        var depth = reader.CurrentDepth;
        var kind = MediaTokens.Unknown;
        long characters = 0;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            var isType = reader.ValueSpan.SequenceEqual("mimeType"u8) || reader.ValueSpan.SequenceEqual("mime_type"u8);
            reader.Read();
            if (isType && reader.TokenType is JsonTokenType.String)
            {
                kind = MediaTokens.Of(reader.ValueSpan);
            }
            else if (reader.TokenType is JsonTokenType.String)
            {
                characters += reader.ValueSpan.Length;
            }
        }

        return kind.Estimate(characters * 3 / 4);
    }

    // Eight bytes at a time: a byte below 0x80 is a character of its own, and so is the first byte of a longer one.
    private static void Count(ReadOnlySpan<byte> utf8, ref long ascii, ref long other)
    {
        const ulong HighBits = 0x8080_8080_8080_8080;
        var longer = 0;
        var trailing = 0;
        var rest = utf8;
        while (rest.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            longer += BitOperations.PopCount(word & HighBits);
            trailing += BitOperations.PopCount(word & ~(word << 1) & HighBits);
            rest = rest[sizeof(ulong)..];
        }

        foreach (var b in rest)
        {
            longer += b >> 7;
            trailing += (b & 0xC0) == 0x80 ? 1 : 0;
        }

        ascii += utf8.Length - longer;
        other += longer - trailing;
    }
}
