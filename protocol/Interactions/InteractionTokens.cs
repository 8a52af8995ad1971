using System.Text.Json;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Interactions;

/// <summary>Input tokens of a request for an interaction, rather too many than too few. What the upstream adds of earlier ones is not known here.</summary>
public static class InteractionTokens
{
    private const int DepthMax = 256;
    private const int BytesPerTokenOfAnything = 4;
    private const int UriTokens = 3_000;

    /// <summary>Never throws: broken JSON counts a quarter of its bytes.</summary>
    public static long Estimate(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Walk(utf8);
        }
        catch (JsonException)
        {
            return (utf8.Length / BytesPerTokenOfAnything) + 1;
        }
    }

    private static long Walk(ReadOnlySpan<byte> utf8)
    {
        // Media stand beside their type, in either order: what an object holds of both is known at its end.
        var media = 0L;
        var dataChars = 0L;
        var kinds = new Stack<(MediaTokens Kind, long Characters)>();
        var current = (Kind: MediaTokens.Unknown, Characters: 0L);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DepthMax });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    kinds.Push(current);
                    current = (MediaTokens.Unknown, 0);
                    break;
                case JsonTokenType.EndObject:
                    if (current.Characters > 0 && current.Kind != MediaTokens.Unknown)
                    {
                        media += current.Kind.Estimate(current.Characters * 3 / 4);
                        dataChars += current.Characters;
                    }

                    current = kinds.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.ValueSpan.SequenceEqual("data"u8):
                    current.Characters += TextLength(ref reader);
                    break;
                case JsonTokenType.PropertyName when reader.ValueSpan.SequenceEqual("mime_type"u8):
                    reader.Read();
                    current.Kind = reader.TokenType is JsonTokenType.String ? MediaTokens.Of(reader.ValueSpan) : current.Kind;
                    reader.Skip();
                    break;
                case JsonTokenType.PropertyName when reader.ValueSpan.SequenceEqual("uri"u8):
                    media += UriTokens;
                    reader.Skip();
                    break;
                default:
                    break;
            }
        }

        return media + Texts(utf8, dataChars);
    }

    private static int TextLength(ref Utf8JsonReader reader)
    {
        reader.Read();
        var length = reader.TokenType is JsonTokenType.String ? reader.ValueSpan.Length : 0;
        reader.Skip();
        return length;
    }

    // Base64 is ASCII, and was counted as so many letters of text.
    private static long Texts(ReadOnlySpan<byte> utf8, long dataChars) => Math.Max(1, PromptTokenEstimator.Estimate(utf8) - (long)(dataChars / PromptTokenEstimator.AsciiPerToken));
}
