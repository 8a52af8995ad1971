using System.Buffers;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Pictures that an earlier answer carried as Markdown come back as text; megabytes of base64 must not be read as words.</summary>
internal static class MarkdownImages
{
    private const string Mark = "](data:image/";

    /// <summary>Characters of a picture's description. Both searches end at bounds, so that a text full of marks costs no more than its length.</summary>
    private const int DescriptionCharsMax = 512;

    private static readonly SearchValues<char> Ends = SearchValues.Create("()[] \t\r\n");

    /// <summary>Adds the text's parts in order: text, picture, text.</summary>
    public static void Split(string text, List<GeminiPart> parts)
    {
        var done = 0;
        var search = 0;
        while (text.IndexOf(Mark, search, StringComparison.Ordinal) is var mark and >= 0)
        {
            var start = text.LastIndexOf("![", mark, Math.Min(mark - done + 1, DescriptionCharsMax), StringComparison.Ordinal);
            var length = text.AsSpan(mark + 2).IndexOfAny(Ends);
            var end = mark + 2 + length;
            if (start >= done && length > 0 && text[end] is ')' && DataUri.Parse(text[(mark + 2)..end]) is { } picture && MimeTypes.IsSupported(picture.MimeType))
            {
                AddText(text[done..start], parts);
                parts.Add(new GeminiPart { InlineData = new GeminiBlob(picture.MimeType, picture.Base64) });
                done = search = end + 1;
            }
            else
            {
                search = mark + Mark.Length;
            }
        }

        AddText(done == 0 ? text : text[done..], parts);
    }

    private static void AddText(string text, List<GeminiPart> parts)
    {
        if (text.Length > 0)
        {
            parts.Add(new GeminiPart { Text = text });
        }
    }
}
