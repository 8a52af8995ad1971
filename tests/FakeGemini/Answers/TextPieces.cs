namespace GeminiBalance.FakeGemini;

/// <summary>Splits a text into the deltas of a stream: the first short, the next longer, never inside a character.</summary>
internal static class TextPieces
{
    public static List<string> Of(string text)
    {
        var pieces = new List<string>();
        var size = 12;
        while (text.Length > size)
        {
            var end = char.IsHighSurrogate(text[size - 1]) ? size - 1 : size;
            pieces.Add(text[..end]);
            text = text[end..];
            size = Math.Min(size * 2, 400);
        }

        pieces.Add(text);
        return pieces;
    }
}
