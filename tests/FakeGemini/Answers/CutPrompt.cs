using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>A conversation whose last turn asks for the rest of an answer that was cut.</summary>
internal static class CutPrompt
{
    private const int RepeatedChars = 20;

    /// <summary>The turn that is answered, and what has been said of its answer.</summary>
    /// <param name="contents">The turns.</param>
    /// <param name="lastText">The last one of the user's with a text.</param>
    public static (int Asked, string Said) Find(JsonElement[] contents, int lastText) =>
        lastText >= 2 && contents[lastText - 1].Text("role") == "model" && NativePrompt.TextOf(contents[lastText]).StartsWith("Your answer was cut off", StringComparison.Ordinal)
            ? (lastText - 2, NativePrompt.TextOf(contents[lastText - 1]))
            : (lastText, "");

    /// <summary>What is left to say. Like a real model, it begins with the last words again.</summary>
    public static string Rest(string text, string said)
    {
        if (said.Length == 0 || !text.StartsWith(said, StringComparison.Ordinal))
        {
            return text;
        }

        var start = Math.Max(0, said.Length - RepeatedChars);
        return text[(start > 0 && char.IsLowSurrogate(text[start]) ? start - 1 : start)..];
    }
}
