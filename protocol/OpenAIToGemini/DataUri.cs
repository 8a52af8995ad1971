using System.Text;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A <c>data:</c> URI as clients write it; <c>;base64</c> may be missing.</summary>
/// <param name="MimeType">Normalized; empty when it names none.</param>
/// <param name="Base64">Standard base64.</param>
internal readonly record struct DataUri(string MimeType, ReadOnlyMemory<char> Base64)
{
    private const string Scheme = "data:";

    public static bool IsDataUri(string text) => text.AsSpan().TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null when the payload cannot be read.</returns>
    public static DataUri? Parse(string text)
    {
        var start = text.IndexOf(':') + 1;
        var comma = text.IndexOf(',', start);
        if (comma < 0)
        {
            return null;
        }

        var head = text.AsSpan(start, comma - start);
        var type = MimeTypes.Normalize(head);
        var payload = text.AsMemory(comma + 1).Trim();
        if (Base64Text.Normalize(payload) is { } data)
        {
            return new DataUri(type, data);
        }

        // Without the word it may be percent-encoded text, which is only legible as text.
        if (head.Contains("base64", StringComparison.OrdinalIgnoreCase) || !type.StartsWith("text/", StringComparison.Ordinal) || payload.Length == 0)
        {
            return null;
        }

        var plain = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(payload.ToString()));
        return new DataUri(type, Convert.ToBase64String(plain).AsMemory());
    }
}
