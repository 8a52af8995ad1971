using System.Buffers;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A model's name as it goes into the upstream's path.</summary>
public static class ModelName
{
    private static readonly string[] Prefixes = ["models/", "google/", "gemini/"];

    private static readonly SearchValues<char> Legal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Strips <c>models/</c>, <c>google/</c>, <c>gemini/</c> in any order, and a method or variant behind a colon.</summary>
    /// <exception cref="TranslationException">What is left is no name; it would change the meaning of the upstream's path.</exception>
    public static string Normalize(string client)
    {
        var name = client.AsSpan().Trim();
        var stripped = true;
        while (stripped)
        {
            stripped = false;
            foreach (var prefix in Prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    name = name[prefix.Length..];
                    stripped = true;
                }
            }
        }

        var colon = name.IndexOf(':');
        if (colon > 0 && IsWord(name[(colon + 1)..]))
        {
            name = name[..colon];
        }

        if (name.Length is 0 or > RequestLimits.ModelNameCharsMax || name.ContainsAnyExcept(Legal) || name[0] is '.' || name.IndexOf("..", StringComparison.Ordinal) >= 0)
        {
            throw new TranslationException("model must be a name of letters, digits, '-', '_' and '.', such as gemini-2.5-flash.", "model", "model_not_found");
        }

        return name.Length == client.Length ? client : name.ToString();
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
