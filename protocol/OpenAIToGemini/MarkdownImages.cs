using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Pictures that an earlier answer carried as Markdown come back as text; megabytes of base64 must not be read as words.</summary>
internal static class MarkdownImages
{
    private const string Mark = "](data:image/";

    /// <summary>Adds the text's parts in order: text, picture, text.</summary>
    public static void Split(string text, List<GeminiPart> parts)
    {
        var done = 0;
        var search = 0;
        while (text.IndexOf(Mark, search, StringComparison.Ordinal) is var mark and >= 0)
        {
            var start = text.LastIndexOf("![", mark, mark - done + 1, StringComparison.Ordinal);
            var end = text.IndexOf(')', mark);
            if (start >= done && end >= 0 && DataUri.Parse(text[(mark + 2)..end]) is { } picture && MimeTypes.IsSupported(picture.MimeType))
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
