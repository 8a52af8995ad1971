using System.Buffers;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Pictures that an earlier answer carried as Markdown come back as text; megabytes of base64 must not be read as words.</summary>
internal static class MarkdownImages
{
    private const string Mark = "](";
    private const string Data = "data:image/";
    private const string Web = "http";

    /// <summary>Characters of a picture's description. Both searches end at bounds, so that a text full of marks costs no more than its length.</summary>
    private const int DescriptionCharsMax = 512;

    private static readonly SearchValues<char> Ends = SearchValues.Create("()[] \t\r\n");

    private delegate bool Visitor(Range place, ReadOnlySpan<char> address);

    /// <summary>Adds the text's parts in order: text, picture, text.</summary>
    /// <param name="text">An earlier answer.</param>
    /// <param name="fetched">Pictures by their addresses; others stay text.</param>
    /// <param name="parts">Gets the parts.</param>
    public static void Split(string text, IReadOnlyDictionary<Uri, MediaContent> fetched, List<GeminiPart> parts)
    {
        var done = 0;
        Visit(text, (place, address) =>
        {
            if (Read(address, fetched) is not { } picture)
            {
                return false;
            }

            AddText(text[done..place.Start], parts);
            parts.Add(new GeminiPart { InlineData = picture });
            done = place.End.Value;
            return true;
        });
        AddText(done == 0 ? text : text[done..], parts);
    }

    /// <summary>Adds the addresses of a text's pictures in order, each where it stands last, and drops all but the last ones.</summary>
    public static void FindAddresses(string text, List<Uri> latest, int max) => Visit(text, (_, address) =>
    {
        if (address.StartsWith(Web, StringComparison.OrdinalIgnoreCase) && MediaAddress.Remote(address.ToString()) is { } remote)
        {
            latest.Remove(remote);
            latest.Add(remote);
            if (latest.Count > max)
            {
                latest.RemoveAt(0);
            }
        }

        return true;
    });

    private static GeminiBlob? Read(ReadOnlySpan<char> address, IReadOnlyDictionary<Uri, MediaContent> fetched)
    {
        if (address.StartsWith(Data, StringComparison.Ordinal))
        {
            return DataUri.Parse(address.ToString()) is { } data && MimeTypes.IsSupported(data.MimeType) ? new GeminiBlob(data.MimeType, data.Base64) : null;
        }

        return fetched.Count > 0 && MediaAddress.Remote(address.ToString()) is { } remote && fetched.TryGetValue(remote, out var content)
            ? new GeminiBlob(content.MimeType, content.Base64.AsMemory())
            : null;
    }

    private static void Visit(string text, Visitor take)
    {
        var done = 0;
        var search = 0;
        while (text.IndexOf(Mark, search, StringComparison.Ordinal) is var mark and >= 0)
        {
            search = mark + Mark.Length;
            var rest = text.AsSpan(search);
            if (!rest.StartsWith(Data, StringComparison.Ordinal) && !rest.StartsWith(Web, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var start = text.LastIndexOf("![", mark, Math.Min(mark - done + 1, DescriptionCharsMax), StringComparison.Ordinal);
            var length = rest.IndexOfAny(Ends);
            if (start >= done && length > 0 && rest[length] is ')' && take(start..(search + length + 1), rest[..length]))
            {
                done = search = search + length + 1;
            }
        }
    }

    private static void AddText(string text, List<GeminiPart> parts)
    {
        if (text.Length > 0)
        {
            parts.Add(new GeminiPart { Text = text });
        }
    }
}
