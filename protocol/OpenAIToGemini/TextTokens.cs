using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Tokens of texts alone, where the upstream does not count them: about four letters, or one character of other scripts.</summary>
public static class TextTokens
{
    private const int LettersPerToken = 4;

    public static long Estimate(BatchEmbedContentsRequest batch) =>
        batch.Requests.SelectMany(request => request.Content.Parts).Sum(part => Estimate(part.Text ?? ""));

    /// <summary>At least one, for an empty text too.</summary>
    public static long Estimate(string text)
    {
        long letters = 0, others = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                letters++;
            }
            else
            {
                others++;
            }
        }

        return Math.Max(1, others + ((letters + LettersPerToken - 1) / LettersPerToken));
    }
}
