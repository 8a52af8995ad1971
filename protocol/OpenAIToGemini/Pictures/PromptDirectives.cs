using System.Globalization;
using System.Text.RegularExpressions;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Wishes that chat users, who have no fields for them, write into a prompt: <c>{n:2}</c> and <c>{ratio:16:9}</c>.</summary>
/// <param name="Prompt">The prompt without them.</param>
/// <param name="N">How many pictures, if said.</param>
/// <param name="AspectRatio">Such as <c>16:9</c>, if said.</param>
public readonly partial record struct PromptDirectives(string Prompt, int? N, string? AspectRatio)
{
    /// <exception cref="TranslationException">More pictures than one answer may have.</exception>
    public static PromptDirectives Read(string prompt)
    {
        int? n = null;
        string? ratio = null;
        var rest = Directive().Replace(prompt, match =>
        {
            if (match.Groups["n"] is { Success: true, Value: var count })
            {
                n = int.Parse(count, CultureInfo.InvariantCulture);
            }
            else
            {
                ratio = match.Groups["ratio"].Value;
            }

            return "";
        });
        return n is 0 or > RequestLimits.ImagesMax
            ? throw new TranslationException($"{{n:…}} in the prompt must be from 1 to {RequestLimits.ImagesMax}.", "prompt")
            : new PromptDirectives(n is null && ratio is null ? prompt : rest.Trim(), n, ratio);
    }

    [GeneratedRegex(@"\{\s*(?:n\s*:\s*(?<n>[0-9]{1,3})|ratio\s*:\s*(?<ratio>[0-9]{1,2}:[0-9]{1,2}))\s*\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directive();
}
