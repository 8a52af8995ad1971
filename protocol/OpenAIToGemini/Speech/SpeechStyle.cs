using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Instructions and pace in one phrase. Gemini has no number for the pace, only words.</summary>
internal static class SpeechStyle
{
    private const double About = 0.05;
    private const double VerySlow = 0.6;
    private const double VeryFast = 1.6;

    /// <returns>Null when there is nothing to say.</returns>
    public static string? Of(SpeechRequest request, SpeechPace pace)
    {
        var words = PaceOf(request.Speed, pace);
        return (request.Instructions, words) switch
        {
            (null, null) => null,
            (null, _) => words,
            (_, null) => request.Instructions,
            _ => $"{request.Instructions} {words}",
        };
    }

    private static string? PaceOf(double speed, SpeechPace pace)
    {
        if (Math.Abs(speed - 1) < About)
        {
            return pace switch
            {
                SpeechPace.Slow => "Speak slowly.",
                SpeechPace.Fast => "Speak fast.",
                _ => null,
            };
        }

        var word = speed switch
        {
            <= VerySlow => "very slowly",
            < 1 => "slowly",
            < VeryFast => "fast",
            _ => "very fast",
        };
        return string.Create(CultureInfo.InvariantCulture, $"Speak {word}, at about {speed:0.##} times the usual pace.");
    }
}
