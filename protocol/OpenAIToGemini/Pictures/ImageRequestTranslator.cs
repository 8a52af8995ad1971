using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>A request for pictures to upstream calls whose pictures together are the answer.</summary>
public static class ImageRequestTranslator
{
    private const string MaskText =
        "The last image is a mask for the first one: change the first image only where the mask is transparent or white, and keep everything else as it is.";

    /// <returns>One call for each picture of a Gemini model; for up to four of Imagen's.</returns>
    /// <exception cref="TranslationException">The model cannot do what is asked.</exception>
    public static IReadOnlyList<TranslatedImageCall> Translate(ImageRequest request, ImageTranslationOptions options)
    {
        var directives = PromptDirectives.Read(request.Prompt);
        request = request with { Prompt = directives.Prompt, N = directives.N ?? request.N, AspectRatio = directives.AspectRatio ?? request.AspectRatio };
        ImageRules.Check(request, options.Model, options.IsEdit || options.Images.Count > 0);
        var shape = ImageShape.Of(request, options.Model);
        if (!ImageModels.IsImagen(options.Model))
        {
            var call = new TranslatedImageCall(Content(request, options, shape));
            return [.. Enumerable.Repeat(call, request.N)];
        }

        return
        [
            .. Enumerable.Range(0, request.N).Chunk(RequestLimits.ImagesPerPredictionMax)
                .Select(pictures => new TranslatedImageCall(Prediction(request, shape, pictures.Length))),
        ];
    }

    private static PredictRequest Prediction(ImageRequest request, ImageShape shape, int count) => new()
    {
        Instances = [new PredictInstance(request.Prompt)],
        Parameters = new PredictParameters
        {
            SampleCount = count,
            AspectRatio = shape.AspectRatio,
            SampleImageSize = shape.Size,
            IncludeRaiReason = true,
            OutputOptions = request.OutputFormat switch
            {
                "jpeg" or "jpg" => new PredictOutput("image/jpeg", request.OutputCompression),
                "png" => new PredictOutput("image/png", null),
                _ => null,
            },
        },
    };

    private static GenerateContentRequest Content(ImageRequest request, ImageTranslationOptions options, ImageShape shape)
    {
        var parts = options.Images.Select(Inline).ToList();
        if (options.Mask is { } mask)
        {
            parts.Add(Inline(mask));
            parts.Add(new GeminiPart { Text = MaskText });
        }

        parts.Add(new GeminiPart { Text = request.Prompt });
        return new GenerateContentRequest
        {
            Contents = [new GeminiContent { Role = GeminiContent.UserRole, Parts = parts }],
            SafetySettings = options.SafetySettings.Count > 0 ? [.. options.SafetySettings] : null,
            GenerationConfig = new GenerationConfig
            {
                // The first image models refuse pictures without text.
                ResponseModalities = ModelTraits.Of(options.Model).Version < 205 ? ["TEXT", "IMAGE"] : ["IMAGE"],
                ImageConfig = shape == default ? null : new ImageConfig(shape.AspectRatio, shape.Size),
            },
        };
    }

    private static GeminiPart Inline(MediaContent picture) => new() { InlineData = new GeminiBlob(picture.MimeType, picture.Base64.AsMemory()) };
}
