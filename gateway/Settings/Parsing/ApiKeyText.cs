using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Tells API keys from other text. By shape, not by prefix: Google has changed the prefix before (<c>AIza…</c>, since 2026 <c>AQ.…</c>).</summary>
internal static class ApiKeyText
{
    private const int CharsMin = 16;
    private const int CharsMax = 256;

    public static string Shape { get; } = $"{CharsMin} to {CharsMax} letters, digits and `-` `_` `.`";

    public static bool IsKey(string text) =>
        text.Length is >= CharsMin and <= CharsMax && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Splits into keys without duplicates, the masked forms of duplicates, and those of what is no key.</summary>
    public static ApiKeyBatch Sort(IEnumerable<string> texts)
    {
        var keys = new List<ApiKey>();
        var seen = new HashSet<KeyId>();
        var duplicates = new List<string>();
        var invalid = new List<string>();
        foreach (var text in texts)
        {
            if (!IsKey(text))
            {
                invalid.Add(Mask(text));
                continue;
            }

            var key = new ApiKey(text);
            if (seen.Add(key.Id))
            {
                keys.Add(key);
            }
            else
            {
                duplicates.Add(key.Masked);
            }
        }

        return new ApiKeyBatch(keys, duplicates, invalid);
    }

    public static string Mask(string text) => string.IsNullOrWhiteSpace(text) ? "(empty)" : new ApiKey(text).Masked;
}
