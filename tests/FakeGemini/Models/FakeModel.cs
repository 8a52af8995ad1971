using System.Globalization;

namespace GeminiBalance.FakeGemini;

/// <summary>A model and the habits of its generation.</summary>
/// <param name="Generation">Such as 3.6; 0 for models outside the Gemini line.</param>
internal sealed record FakeModel(string Name, string DisplayName, ModelKind Kind, decimal Generation)
{
    /// <summary>What an alias stands for; upstream reports it as <c>modelVersion</c>.</summary>
    public string Version { get; init; } = Name;

    public bool IsPro => Version.Contains("-pro", StringComparison.Ordinal);

    public bool Thinks => Generation >= 2.5m && Kind == ModelKind.Text;

    public bool TakesThinkingLevel => Generation >= 3;

    public bool TakesMinimalThinking => TakesThinkingLevel && !IsPro && Generation < 3.7m;

    public bool TakesPenalties => Generation is > 0 and < 2.5m;

    /// <summary>Speech comes as a WAV file where it is not streamed, and sampling is refused.</summary>
    public bool SpeaksInFiles => Kind == ModelKind.Speech && Generation >= 3.8m;

    /// <summary>The last turn may be the model's, to be continued.</summary>
    public bool TakesPrefill => Generation < 3.6m && !Version.StartsWith("gemini-3.5-flash-lite", StringComparison.Ordinal);

    public bool TakesFunctionsWithJson => Generation >= 3;

    public bool TakesBuiltInToolsWithFunctions => Generation >= 3;

    public bool NeedsSignatures => Generation >= 3;

    /// <summary>Function responses must carry id and name of their call.</summary>
    public bool NeedsCallIds => Generation >= 3.5m;

    public bool GivesCallIds => Generation >= 3 && !Version.StartsWith("gemini-3-pro", StringComparison.Ordinal);

    public bool GivesSignatures => Generation >= 2.5m;

    /// <summary>A stream ends with an empty event that carries the finish reason.</summary>
    public bool ClosesWithEmptyEvent => Generation >= 3;

    public IReadOnlyList<string> Methods => Kind switch
    {
        ModelKind.Embedding => ["embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"],
        ModelKind.Imagen => ["predict"],
        ModelKind.Image or ModelKind.Speech => ["generateContent", "countTokens", "batchGenerateContent"],
        _ => ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"],
    };

    public static FakeModel FromName(string name)
    {
        var kind = name.Contains("embedding", StringComparison.Ordinal) ? ModelKind.Embedding
            : name.StartsWith("imagen", StringComparison.Ordinal) ? ModelKind.Imagen
            : name.Contains("-image", StringComparison.Ordinal) ? ModelKind.Image
            : name.Contains("-tts", StringComparison.Ordinal) ? ModelKind.Speech
            : ModelKind.Text;
        var words = name.Split('-');
        var generation = words[0] == "gemini" && words.Length > 1 && decimal.TryParse(words[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var display = string.Join(' ', words.Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        return new FakeModel(name, display, kind, generation);
    }
}
