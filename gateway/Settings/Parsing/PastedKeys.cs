namespace GeminiBalance.Gateway.Settings;

/// <summary>
/// Finds keys in pasted text of any form: one per line, JSON, <c>.env</c>, a table, a chat. What begins as Google's keys do is a key or reported as none;
/// other words are keys only where they stand alone on a line. Names before <c>=</c> and <c>:</c>, and lines that begin with <c>#</c>, are not looked at.
/// </summary>
internal static class PastedKeys
{
    private const string Standard = "AIza";
    private const int StandardChars = 39;
    private const string Authorization = "AQ.";
    private const int AuthorizationCharsMin = 24;

    /// <summary>Shorter ones are prose that speaks of keys.</summary>
    private const int AttemptCharsMin = 8;
    private static readonly char[] Between =
        [' ', '\t', '\r', ',', ';', '"', '\'', '[', ']', '{', '}', '(', ')', '<', '>', '`', '|', '=', ':', '/', '?', '&', '…', '\\'];

    /// <summary>The keys, and the masked forms of repetitions and of what is no key.</summary>
    public static ApiKeyBatch Read(string text)
    {
        var keys = new List<string>();
        var invalid = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (!line.AsSpan().TrimStart().StartsWith("#", StringComparison.Ordinal))
            {
                Read(line, keys, invalid);
            }
        }

        var batch = ApiKeyText.Sort(keys);
        return batch with { Invalid = [.. batch.Invalid, .. invalid.Select(ApiKeyText.Mask)] };
    }

    private static void Read(string line, List<string> keys, List<string> invalid)
    {
        var words = line.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        foreach (var found in words)
        {
            var word = found.TrimEnd('.');
            var isStandard = word.StartsWith(Standard, StringComparison.Ordinal);
            if (isStandard || word.StartsWith(Authorization, StringComparison.Ordinal))
            {
                var isKey = ApiKeyText.IsKey(word) && (isStandard ? IsStandard(word) : word.Length >= AuthorizationCharsMin);
                if (isKey || word.Length >= AttemptCharsMin)
                {
                    (isKey ? keys : invalid).Add(word);
                }
            }
            else if (words.Length == 1 && IsAlone(line, word))
            {
                (ApiKeyText.IsKey(word) && word.Any(char.IsAsciiDigit) ? keys : invalid).Add(word);
            }
        }
    }

    private static bool IsStandard(string word) => word.Length == StandardChars && !word.Contains('.', StringComparison.Ordinal);

    /// <summary>Not a name whose value is on another line, or on none.</summary>
    private static bool IsAlone(string line, string word) =>
        line.AsSpan()[(line.IndexOf(word, StringComparison.Ordinal) + word.Length)..].IndexOfAny('=', ':') < 0 && word.Any(char.IsAsciiLetterOrDigit);
}
