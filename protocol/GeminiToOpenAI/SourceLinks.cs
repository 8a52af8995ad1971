using System.Text;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Sources as Markdown at the end of the content, for clients that show no annotations.</summary>
internal static class SourceLinks
{
    /// <returns>UTF-8; empty when there are no sources.</returns>
    public static byte[] Of(IEnumerable<GroundingSource> sources)
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            text.Append(text.Length == 0 ? "\n\n---\n**Sources**\n\n" : "\n").Append("- [").Append(Label(source)).Append("](").Append(Address(source.Uri!)).Append(')');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Label(GroundingSource source)
    {
        var label = new StringBuilder();
        foreach (var c in string.IsNullOrWhiteSpace(source.Title) ? source.Uri! : source.Title)
        {
            _ = c switch
            {
                '[' or ']' or '\\' => label.Append('\\').Append(c),
                < ' ' => label.Append(' '),
                _ => label.Append(c),
            };
        }

        return label.ToString();
    }

    private static StringBuilder Address(string uri) => new StringBuilder(uri)
        .Replace(" ", "%20").Replace("(", "%28").Replace(")", "%29").Replace("<", "%3C").Replace(">", "%3E").Replace("\n", "").Replace("\r", "");
}
