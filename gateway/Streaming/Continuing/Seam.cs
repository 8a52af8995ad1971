namespace GeminiBalance.Gateway.Streaming;

/// <summary>Where a text goes on that may repeat the end of what was said before. Pure.</summary>
internal static class Seam
{
    /// <summary>Whether more of the continuation has to be seen: all of it so far was said before.</summary>
    public static bool IsOpen(ReadOnlySpan<char> said, ReadOnlySpan<char> next) =>
        next.Length < Limits.SeamCharsMax && End(said).Contains(next, StringComparison.Ordinal);

    /// <summary>How many characters at the beginning of the continuation repeat the end of what was said.</summary>
    /// <returns>Zero for repeats of a few characters, which are more likely the text's own.</returns>
    public static int Overlap(ReadOnlySpan<char> said, ReadOnlySpan<char> next)
    {
        var end = End(said);
        for (var length = Math.Min(end.Length, next.Length); length >= Limits.SeamCharsMin; length--)
        {
            if (end.EndsWith(next[..length], StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<char> End(ReadOnlySpan<char> said) => said[^Math.Min(said.Length, Limits.SeamCharsMax)..];
}
