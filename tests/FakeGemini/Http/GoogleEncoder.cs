using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace GeminiBalance.FakeGemini;

/// <summary>Escapes what upstream escapes: quotes, backslashes, control characters and angle brackets; everything else goes out as UTF-8.</summary>
/// <remarks>The framework's relaxed encoder escapes characters beyond the first plane, and a proxy would never meet a four-byte sequence.</remarks>
internal sealed class GoogleEncoder : JavaScriptEncoder
{
    public static GoogleEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or '<' or '>' or 0x7f;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        for (var i = 0; i < rest.Length; i++)
        {
            var isPair = char.IsHighSurrogate(rest[i]) && i + 1 < rest.Length && char.IsLowSurrogate(rest[i + 1]);
            if (WillEncode(rest[i]) || (char.IsSurrogate(rest[i]) && !isPair))
            {
                return i;
            }

            i += isPair ? 1 : 0;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        string text = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ when WillEncode(unicodeScalar) => string.Create(CultureInfo.InvariantCulture, $"\\u{unicodeScalar:x4}"),
            _ => new Rune(unicodeScalar).ToString(),
        };
        var fits = text.AsSpan().TryCopyTo(output);
        numberOfCharactersWritten = fits ? text.Length : 0;
        return fits;
    }
}
