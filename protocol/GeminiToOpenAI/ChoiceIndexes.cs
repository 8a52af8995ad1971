using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

internal static class ChoiceIndexes
{
    /// <summary>The candidate's index: absent is 0, unless several are absent, which are then counted.</summary>
    public static int Of(List<Candidate?> candidates, int position)
    {
        if (candidates[position]?.Index is { } index)
        {
            return index;
        }

        for (var i = 0; i < position; i++)
        {
            if (candidates[i]?.Index is null or 0)
            {
                return position;
            }
        }

        return 0;
    }
}
