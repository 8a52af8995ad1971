using System.Buffers.Text;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Base64 as clients send it: wrapped, URL-safe, unpadded, percent-encoded.</summary>
internal static class Base64Text
{
    private const int CharsPerBlock = 4;

    /// <summary>Makes it standard base64 with padding; a slice of the same text when it already is.</summary>
    /// <returns>Null when it is empty or no base64.</returns>
    public static ReadOnlyMemory<char>? Normalize(ReadOnlyMemory<char> text)
    {
        var span = text.Span;
        if (span.Length > 0 && span.Length % CharsPerBlock == 0 && Base64.IsValid(span) && !span.ContainsAny(" \t\r\n"))
        {
            return text;
        }

        var clean = new char[span.Length + CharsPerBlock];
        var length = 0;
        for (var i = 0; i < span.Length; i++)
        {
            var c = span[i];
            if (c is '%' && i + 2 < span.Length && TryHex(span[i + 1], span[i + 2], out var decoded))
            {
                c = decoded;
                i += 2;
            }

            if (!char.IsWhiteSpace(c) && c is not '=')
            {
                clean[length++] = c switch { '-' => '+', '_' => '/', _ => c };
            }
        }

        while (length % CharsPerBlock != 0)
        {
            clean[length++] = '=';
        }

        return length > 0 && Base64.IsValid(clean.AsSpan(0, length)) ? clean.AsMemory(0, length) : default(ReadOnlyMemory<char>?);
    }

    /// <summary>The type told by the first bytes, or null.</summary>
    public static string? TypeOf(ReadOnlySpan<char> base64) => base64 switch
    {
        ['i', 'V', 'B', 'O', 'R', 'w', '0', 'K', 'G', ..] => "image/png",
        ['/', '9', 'j', '/', ..] => "image/jpeg",
        ['U', 'k', 'l', 'G', _, _, _, _, _, _, 'X', 'R', 'U', 'J', 'Q', ..] => "image/webp",
        ['U', 'k', 'l', 'G', _, _, _, _, _, _, 'd', 'B', 'V', 'k', ..] => "audio/wav",
        ['R', '0', 'l', 'G', 'O', 'D', ..] => "image/gif",
        ['J', 'V', 'B', 'E', 'R', 'i', '0', ..] => "application/pdf",
        _ => null,
    };

    private static bool TryHex(char high, char low, out char decoded)
    {
        decoded = default;
        if (!char.IsAsciiHexDigit(high) || !char.IsAsciiHexDigit(low))
        {
            return false;
        }

        decoded = (char)((Convert.ToInt32(high.ToString(), 16) << 4) | Convert.ToInt32(low.ToString(), 16));
        return true;
    }
}
