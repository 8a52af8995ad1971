using System.Globalization;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>What a model takes, told from its name. The one place that knows generations; unknown names count as the newest.</summary>
internal sealed class ModelTraits
{
    private const int Newest = int.MaxValue;

    private ModelTraits(string model)
    {
        IsGemma = model.StartsWith("gemma", StringComparison.OrdinalIgnoreCase);
        IsLite = Has(model, "lite");
        IsImage = Has(model, "-image");
        IsSpeech = Has(model, "-tts");
        IsEmbedding = Has(model, "embedding");
        IsPro = Has(model, "-pro");
        Version = IsGemma ? 0 : VersionOf(model);
        Thinking = ThinkingOf(model);
    }

    /// <summary>Hundreds are the generation: 205 is Gemini 2.5. 0 for Gemma.</summary>
    public int Version { get; }

    public bool IsGemma { get; }

    public bool IsLite { get; }

    public bool IsPro { get; }

    /// <summary>Makes pictures.</summary>
    public bool IsImage { get; }

    /// <summary>Makes speech.</summary>
    public bool IsSpeech { get; }

    public bool IsEmbedding { get; }

    public ThinkingControl Thinking { get; }

    /// <summary>Signatures are obligatory, pictures may stand in function responses, functions beside built-in tools.</summary>
    public bool IsGeneration3 => Version >= 300;

    public bool TakesJsonSchema => Version >= 205;

    public bool TakesPenalties => Version is > 0 and < 205;

    public bool TakesSystemInstruction => !IsGemma;

    /// <summary>From 3.6 (Lite: 3.5) on, temperature, topP and topK are ignored, and later models will refuse them.</summary>
    public bool TakesSampling => IsSpeech ? Version < 308 : Version == Newest ? IsPro : Version < (IsLite ? 305 : 306);

    /// <summary>The style of speech stands beside the text, not in it.</summary>
    public bool TakesSpeechMetadata => Version >= 308;

    /// <summary>Gemini 3.7, 3.8 and the Pro models refuse <c>MINIMAL</c>.</summary>
    public bool TakesMinimalLevel => !IsPro && (IsLite || Version is >= 300 and <= 306);

    /// <summary>Models that draw, speak or embed, and old ones, refuse tools that run upstream.</summary>
    public bool TakesTools => !IsImage && !IsSpeech && !IsEmbedding && Version >= 200;

    public static ModelTraits Of(string model) => new(model);

    private static bool Has(string model, string word) => model.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static int VersionOf(string model)
    {
        const string Prefix = "gemini-";
        if (!model.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Newest;
        }

        if (model is "gemini-pro" or "gemini-pro-vision")
        {
            return 100;
        }

        var rest = model.AsSpan(Prefix.Length);
        var end = rest.IndexOf('-');
        var number = end < 0 ? rest : rest[..end];
        var dot = number.IndexOf('.');
        if (!int.TryParse(dot < 0 ? number : number[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major > 999)
        {
            return Newest;
        }

        var minor = 0;
        if (dot >= 0 && !int.TryParse(number[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out minor))
        {
            return Newest;
        }

        return (major * 100) + Math.Min(minor, 99);
    }

    private ThinkingControl ThinkingOf(string model)
    {
        if (IsGemma || IsImage || IsSpeech || IsEmbedding || Version < 205)
        {
            return ThinkingControl.None;
        }

        return IsGeneration3 ? ThinkingControl.Level : ThinkingControl.Budget;
    }
}
