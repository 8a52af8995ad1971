using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>The form of a picture in Google's terms.</summary>
/// <param name="AspectRatio">Such as <c>16:9</c>; null leaves it to the model.</param>
/// <param name="Size"><c>512</c>, <c>1K</c>, <c>2K</c> or <c>4K</c>; null leaves it to the model.</param>
internal readonly record struct ImageShape(string? AspectRatio, string? Size)
{
    private const int EdgeOf2K = 2_048;
    private const int EdgeOf4K = 3_072;

    private static readonly string[] ImagenRatios = ["1:1", "3:4", "4:3", "9:16", "16:9"];
    private static readonly string[] GeminiRatios = [.. ImagenRatios, "2:3", "3:2", "4:5", "5:4", "21:9"];
    private static readonly string[] WideRatios = [.. GeminiRatios, "1:4", "4:1", "1:8", "8:1"];
    private static readonly string[] Sizes = ["512", "1K", "2K", "4K"];

    /// <exception cref="TranslationException">The model makes no such picture.</exception>
    public static ImageShape Of(ImageRequest request, string model)
    {
        var ratios = RatiosOf(model);
        string? ratio = null, size = null;
        switch (request.Size?.Trim().ToLowerInvariant())
        {
            case null or "" or "auto":
                break;
            case { } text when TryPair(text, 'x', out var width, out var height):
                ratio = Nearest(ratios, (double)width / height);
                size = Math.Max(width, height) switch { >= EdgeOf4K => "4K", >= EdgeOf2K => "2K", <= 512 => "512", _ => null };
                break;
            case { } text when TryPair(text, ':', out _, out _):
                ratio = Known(ratios, text, "size", model);
                break;
            case { } text:
                size = KnownSize(text, "size");
                break;
        }

        ratio = request.AspectRatio is { Length: > 0 } asked && asked is not "auto" ? Known(ratios, asked, "aspect_ratio", model) : ratio;
        size = request.ImageSize is { Length: > 0 } wished ? KnownSize(wished, "image_size") : OfQuality(request.Quality, size);
        return new(ratio, SizeFor(model, size));
    }

    private static string[] RatiosOf(string model) =>
        ImageModels.IsImagen(model) ? ImagenRatios : ModelTraits.Of(model) is { Version: >= 301, IsPro: false } ? WideRatios : GeminiRatios;

    // A size that the model has no word for is left to it: the picture comes, only smaller or larger.
    private static string? SizeFor(string model, string? size)
    {
        if (ImageModels.IsImagen(model))
        {
            return size is "2K" or "4K" && model.StartsWith("imagen-4", StringComparison.OrdinalIgnoreCase)
                && !model.Contains("fast", StringComparison.OrdinalIgnoreCase) ? "2K" : null;
        }

        var traits = ModelTraits.Of(model);
        return !traits.IsGeneration3 || (size is "512" && (traits.IsPro || traits.Version < 301)) ? null : size;
    }

    private static string? OfQuality(string? quality, string? size) => quality?.ToLowerInvariant() switch
    {
        null or "" or "auto" or "standard" or "medium" => size,
        "low" => size ?? "1K",
        "hd" or "high" => size ?? "2K",
        _ => throw new TranslationException("quality must be one of auto, standard, hd, low, medium and high.", "quality"),
    };

    private static string Nearest(string[] ratios, double wanted) =>
        ratios.MinBy(ratio => TryPair(ratio, ':', out var width, out var height) ? Math.Abs(Math.Log(wanted * height / width)) : double.MaxValue)!;

    private static string Known(string[] ratios, string asked, string param, string model) => Array.Find(ratios, ratio => ratio == asked.Trim())
        ?? throw new TranslationException($"{param} must be one of {string.Join(", ", ratios)} for {model}.", param);

    private static string KnownSize(string asked, string param) => Array.Find(Sizes, size => size.Equals(asked.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new TranslationException($"{param} must be pixels such as 1024x1024, a ratio such as 16:9, one of {string.Join(", ", Sizes)}, or auto.", param);

    private static bool TryPair(string text, char separator, out int first, out int second)
    {
        var at = text.IndexOf(separator);
        (first, second) = (0, 0);
        return at > 0 && TryEdge(text[..at], out first) && TryEdge(text[(at + 1)..], out second);
    }

    private static bool TryEdge(string text, out int edge) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out edge) && edge is > 0 and <= RequestLimits.ImageEdgeMax;
}
