namespace GeminiBalance.Gateway;

/// <summary>The text that looks most like another one, for people who mistyped. Pure.</summary>
internal static class NearestText
{
    private const int CharsMax = 128;

    /// <returns>Null when none differs by less than a third.</returns>
    public static string? Find(string text, IEnumerable<string> known)
    {
        if (text.Length > CharsMax)
        {
            return null;
        }

        var best = known.Select(other => (Text: other, Distance: Distance(text, other))).OrderBy(pair => pair.Distance).ThenBy(pair => pair.Text, StringComparer.Ordinal).FirstOrDefault();
        return best.Text is not null && best.Distance * 3 < text.Length ? best.Text : null;
    }

    /// <summary>Characters to add, drop or replace: https://en.wikipedia.org/wiki/Levenshtein_distance.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
