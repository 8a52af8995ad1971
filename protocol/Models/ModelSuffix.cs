using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.Models;

/// <summary>What stands at the end of a name and asks for something.</summary>
/// <param name="Length">Characters, the hyphen in front included.</param>
/// <param name="Features">What it asks for.</param>
internal readonly record struct ModelSuffix(int Length, ModelFeatures Features)
{
    public const string Search = "-search";
    public const string Image = "-image";
    public const string NonThinking = "-non-thinking";
    private const string NoThinking = "-nothinking";
    private const string Thinking = "-thinking";
    private const int DynamicBudget = -1;

    private static readonly ModelFeatures Off = Think("none", null);

    private static readonly (string Text, ModelFeatures Features)[] Words =
    [
        (Search, new ModelFeatures { Search = true }),
        (Image, new ModelFeatures { Image = true }),
        (NonThinking, Off),
        (NoThinking, Off),
        (Thinking, Think(null, DynamicBudget)),
        (Thinking + "-minimal", Think("minimal", null)),
        (Thinking + "-low", Think("low", null)),
        (Thinking + "-medium", Think("medium", null)),
        (Thinking + "-high", Think("high", null)),
    ];

    /// <summary>The suffix a name ends with, when something is left in front of it.</summary>
    public static ModelSuffix? Find(string name)
    {
        foreach (var (text, features) in Words)
        {
            if (name.Length > text.Length && name.EndsWith(text, StringComparison.Ordinal))
            {
                return new ModelSuffix(text.Length, features);
            }
        }

        return FindBudget(name);
    }

    // gemini-2.5-flash-thinking-8192: the tokens to think.
    private static ModelSuffix? FindBudget(string name)
    {
        var hyphen = name.LastIndexOf('-');
        return hyphen > Thinking.Length && name.AsSpan(0, hyphen).EndsWith(Thinking, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
                ? new ModelSuffix(name.Length - hyphen + Thinking.Length, Think(null, tokens))
                : null;
    }

    private static ModelFeatures Think(string? effort, int? tokens) => new() { Thinking = new ReasoningOptions(effort, tokens, HideThoughts: false) };
}
